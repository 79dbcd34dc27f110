import type { Activations } from '#inkling/index.js';

/** A channel of an image, or a list, as rows and columns of cells. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  /** One number for each cell, row by row; the last row of a list may have fewer. */
  readonly values: Float32Array;
  /** The position of a cell among all values. */
  readonly indexOf: (cell: number) => number;
}

/** Longer lists have several rows. */
const MAX_LIST_COLUMNS = 32;

/** @param channel of an image */
export function gridOf({ shape, values }: Activations, channel: number): Grid {
  if (shape.length === 1) {
    const width = values.length > MAX_LIST_COLUMNS ? Math.ceil(Math.sqrt(values.length)) : values.length;
    return { height: Math.ceil(values.length / width), width, values, indexOf: (cell) => cell };
  }
  const [height, width, channels] = shape;
  const indexOf = (cell: number) => cell * channels + channel;
  const own = Float32Array.from({ length: height * width }, (_, cell) => values[indexOf(cell)]);
  return { height, width, values: own, indexOf };
}

/** The cell with the largest number: where the layer found most of what it looks for. */
export function largestCell({ values }: Grid): number {
  return values.reduce((best, value, cell) => (value > values[best] ? cell : best), 0);
}

/** The next cell in a direction, or the same one at the edge. */
export function neighborOf({ height, width, values }: Grid, cell: number, key: string): number | undefined {
  const [row, column] = [Math.floor(cell / width), cell % width];
  const moves: Readonly<Record<string, readonly [row: number, column: number]>> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
  };
  if (!Object.hasOwn(moves, key)) return undefined;
  const [y, x] = moves[key];
  const next = y * width + x;
  return y < 0 || x < 0 || y >= height || x >= width || next >= values.length ? cell : next;
}
