/*
 * The tiles that cover an image, in each direction: as few as possible, of `size` outputs (full tiles) or, where these would exceed the
 * image, of `size - 1` outputs (short tiles), which follow the full ones. Outputs of a short tile do not depend on its last position, so
 * that it takes size + 1 positions instead of size + 2.
 *
 * A plane of transformed data has a row for each tile of a block. First are short tiles of full rows, then full tiles of full rows, full
 * tiles of short rows, and short tiles of short rows, so that the tiles that have a position are adjacent.
 */

let tileSize: i32;
let fullDown: i32;
let firstRow: i32;
let rows: i32;
let fullRows: i32;

/** The tiles of an image in each direction, and how many of a row are full. */
export let down: i32;
export let across: i32;
export let fullAcross: i32;

/** Of the current row of tiles, its first output, and where its full and its short tiles are in a plane. */
export let rowTop: i32;
export let fullAt: i32;
export let shortAt: i32;
/** The vertical outputs of its tiles. */
export let rowHeight: i32;

/** Of the current position, the first tile that has it, and the number of such tiles. */
export let firstTile: i32;
export let tileCount: i32;

/** The first output of a tile. */
export function tileStart(tile: i32, full: i32, size: i32): i32 {
  return tile * size - max(0, tile - full);
}

/** Sets the tiles of an image; `areFull` makes all of them full, so that they may exceed it. */
export function setTiles(size: i32, height: i32, width: i32, areFull: bool): void {
  const shortSize = size - 1;
  tileSize = size;
  down = (height + shortSize) / size;
  across = (width + shortSize) / size;
  fullDown = areFull ? down : max(0, height - down * shortSize);
  fullAcross = areFull ? across : max(0, width - across * shortSize);
}

/** The number of full rows of tiles before a row, over all images. */
function fullRowsBefore(row: i32): i32 {
  return (row / down) * fullDown + min(row % down, fullDown);
}

/** Sets the rows of tiles of a block, over all images. */
export function setBlock(first: i32, last: i32): void {
  firstRow = first;
  rows = last - first;
  fullRows = fullRowsBefore(last) - fullRowsBefore(first);
}

/** Sets the current row of tiles. */
export function setRow(row: i32): void {
  const y = row % down;
  const isShort = i32(y >= fullDown);
  const before = fullRowsBefore(row) - fullRowsBefore(firstRow);
  const short = across - fullAcross;
  rowTop = tileStart(y, fullDown, tileSize);
  rowHeight = tileSize - isShort;
  const index = isShort ? row - firstRow - before : before;
  fullAt = (isShort ? fullRows * across : fullRows * short) + index * fullAcross;
  shortAt = (isShort ? fullRows * across + (rows - fullRows) * fullAcross : 0) + index * short;
}

/** Sets the current position of a transformed tile. */
export function setPosition(position: i32): void {
  const side = tileSize + 2;
  const short = position % side < side - 1 ? 0 : across - fullAcross;
  firstTile = fullRows * short;
  tileCount = fullRows * (across - short);
  if (position < side * (side - 1)) tileCount += (rows - fullRows) * (across - short);
}
