/**
 * Sets the outer rows and columns of images without a halo to zero. The right side of a row and the left side of the next one are
 * contiguous.
 *
 * @param side bytes of the columns on one side
 */
export function zeroBorder(
  begin: i32,
  end: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  rows: i32,
  side: i32,
): void {
  const outside = rows * outputRow + side;
  for (let item = begin; item < end; item++) {
    const first = output + item * outputItem;
    const last = first + (outputHeight - rows) * outputRow - side;
    memory.fill(first, 0, outside);
    if (side > 0) {
      for (let y = rows + 1; y < outputHeight - rows; y++)
        memory.fill(first + y * outputRow - side, 0, 2 * side);
    }
    memory.fill(last, 0, outside);
  }
}
