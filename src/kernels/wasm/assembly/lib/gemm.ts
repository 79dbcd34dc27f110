import { FLOAT } from './simd';
import {
  aRow,
  bPanel,
  cRow,
  TILE_WIDTH,
  tileHeight,
  tiles1,
  tiles2,
  tiles3,
  tiles4,
  tiles5,
  tiles6,
} from './tile';

/** The address of zeros, at the start of the memory: the initial value of sums without a bias. */
export const ZEROS: i32 = 0;

/** The address of the initial values of sums, `offset` bytes after that of the first one's: zeros have no others after them. */
export function initialAt(initial: i32, offset: i32): i32 {
  return initial == ZEROS ? ZEROS : initial + offset;
}

/**
 * A matrix product over strided rows, tile by tile, after `setA`, `setB`, `setTerms` and `setC`; see `Tile` for its terms.
 * Rows are divided into tiles of nearly equal height, because a last tile of one or two rows would leave most multipliers idle; the
 * taller tiles come first.
 *
 * @param initial the address of the initial value of each column's sums: a bias, or `ZEROS`
 */
export function gemm(rows: i32, columns: i32, a: i32, b: i32, initial: i32, c: i32): void {
  if (rows <= 0) return;
  const tiles = (rows + tileHeight - 1) / tileHeight;
  const height = rows / tiles;
  const taller = rows % tiles;
  const tallRows = taller * (height + 1);
  let from = b;
  for (let column = 0; column < columns; column += TILE_WIDTH) {
    const width = min(TILE_WIDTH, columns - column);
    const start = initialAt(initial, column * FLOAT);
    const to = c + column * FLOAT;
    if (taller > 0) tilesOf(height + 1, taller, a, from, start, to, width);
    tilesOf(height, tiles - taller, a + tallRows * aRow, from, start, to + tallRows * cRow, width);
    from += bPanel;
  }
}

/** Computes `count` tiles of one height, one below the other. */
function tilesOf(height: i32, count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  if (height == 6) tiles6(count, a, b, initial, c, width);
  else if (height == 5) tiles5(count, a, b, initial, c, width);
  else if (height == 4) tiles4(count, a, b, initial, c, width);
  else if (height == 3) tiles3(count, a, b, initial, c, width);
  else if (height == 2) tiles2(count, a, b, initial, c, width);
  else tiles1(count, a, b, initial, c, width);
}
