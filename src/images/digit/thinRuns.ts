/** Marked pixels in a column, one above the other: by columns, and from top to bottom. */
export interface Runs {
  /** The index of the first run of each column, and the number of runs, `[width + 1]`. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  /** The row of each run's middle; may lie between two rows. */
  readonly middles: Float32Array;
  /** In pixels. */
  readonly lengths: Int32Array;
  /** Whether each run belongs to a line that has been found: 0 or 1. */
  readonly isUsed: Uint8Array;
}

/** The vertical runs of marked pixels of at most a length. */
export function thinRuns(marked: Uint8Array, width: number, maxLength: number): Runs {
  const height = marked.length / width;
  const starts = new Int32Array(width + 1);
  const columns: number[] = [];
  const middles: number[] = [];
  const lengths: number[] = [];
  for (let column = 0; column < width; column++) {
    starts[column] = columns.length;
    let start = -1;
    for (let row = 0; row <= height; row++) {
      const isMarked = row < height && marked[row * width + column] === 1;
      if (isMarked && start === -1) start = row;
      if (isMarked || start === -1) continue;
      if (row - start <= maxLength) {
        columns.push(column);
        middles.push((start + row - 1) / 2);
        lengths.push(row - start);
      }
      start = -1;
    }
  }
  starts[width] = columns.length;
  return {
    starts,
    columns: new Int32Array(columns),
    middles: new Float32Array(middles),
    lengths: new Int32Array(lengths),
    isUsed: new Uint8Array(columns.length),
  };
}
