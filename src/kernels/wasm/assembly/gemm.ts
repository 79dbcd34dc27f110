import { FLOAT } from './simd';
import { aRow, cRow, TILE_WIDTH, tileHeight, tile1, tile2, tile3, tile4, tile5, tile6 } from './tile';

/** Where the memory starts there are always zeros: sums that start from nothing start here. */
export const ZEROS: i32 = 0;

/**
 * A matrix product over strided rows, tile by tile, after `setA`, `setB`, `setTerms` and `setC`; see `tile` for its terms.
 * Rows are cut into tiles of nearly the same height, since a last tile of a row or two would leave most multipliers idle.
 *
 * @param initial what the sums of each column start from: a bias, or `ZEROS`
 */
export function gemm(rows: i32, columns: i32, a: i32, b: i32, initial: i32, c: i32): void {
  const tiles = (rows + tileHeight - 1) / tileHeight;
  for (let column = 0; column < columns; column += TILE_WIDTH) {
    const width = min(TILE_WIDTH, columns - column);
    const start = initial == ZEROS ? ZEROS : initial + column * FLOAT;
    let row = 0;
    for (let t = 1; t <= tiles; t++) {
      const next = (rows * t) / tiles;
      const to = c + row * cRow + column * FLOAT;
      tile(next - row, a + row * aRow, b + column * FLOAT, start, to, width);
      row = next;
    }
  }
}

function tile(height: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  if (height == 6) tile6(a, b, initial, c, width);
  else if (height == 5) tile5(a, b, initial, c, width);
  else if (height == 4) tile4(a, b, initial, c, width);
  else if (height == 3) tile3(a, b, initial, c, width);
  else if (height == 2) tile2(a, b, initial, c, width);
  else tile1(a, b, initial, c, width);
}
