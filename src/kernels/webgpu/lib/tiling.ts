import type { KernelLimits } from './kernel.js';

/** Rows and columns of the sums that a thread holds in registers. */
export const REGISTERS = 4;
/** Terms of the sums that a team loads at once. */
export const TERMS = 16;

const SIDES = [64, 32, 16];
const MAX_THREADS = 256;
/** What keeps a large GPU busy: smaller tiles read more from memory, but there are more of them. */
const ENOUGH_WORKGROUPS = 128;
const ENOUGH_THREADS = 2 ** 17;

/** The sizes of a matrix product. */
export interface ProductSizes {
  /** The largest number of rows. */
  readonly rows: number;
  readonly columns: number;
  /** The largest number of terms of a sum. */
  readonly depth: number;
  readonly parts?: number;
}

/** How the threads of a GPU share a matrix product. */
export interface Tiling {
  readonly tileRows: number;
  readonly tileColumns: number;
  /** Of a part. */
  readonly tiles: number;
  readonly tilesAcross: number;
  /** Teams of threads that share the terms of the sums of a tile, a power of two. */
  readonly teams: number;
}

/** The largest tiles that keep the GPU busy, or the smallest, and as many teams as may help. */
export function tilingOf(
  { rows, columns, depth, parts = 1 }: ProductSizes,
  { threads, sharedBytes }: KernelLimits,
): Tiling {
  const limit = Math.min(threads, MAX_THREADS);
  const candidates = sidesFor(rows)
    .flatMap((tileRows) => sidesFor(columns).map((tileColumns) => tilesOf(tileRows, tileColumns)))
    .filter((tile) => tile.threads <= limit)
    .sort((one, other) => other.threads - one.threads);
  const { threads: own, ...tile } = candidates.find(isEnough) ?? candidates[candidates.length - 1];
  const teamBytes = TERMS * (tile.tileRows + REGISTERS + tile.tileColumns) * Float32Array.BYTES_PER_ELEMENT;
  const most = Math.min(
    limit / own,
    sharedBytes / teamBytes,
    Math.ceil(depth / TERMS),
    ENOUGH_THREADS / (own * tile.tiles * parts),
  );
  return { ...tile, teams: 2 ** Math.max(0, Math.floor(Math.log2(most))) };

  function tilesOf(tileRows: number, tileColumns: number) {
    const tilesAcross = Math.ceil(columns / tileColumns);
    const tiles = Math.ceil(rows / tileRows) * tilesAcross;
    return { tileRows, tileColumns, tiles, tilesAcross, threads: (tileRows * tileColumns) / REGISTERS ** 2 };
  }

  function isEnough({ tiles }: { readonly tiles: number }): boolean {
    return tiles * parts >= ENOUGH_WORKGROUPS;
  }
}

/** The sides of tiles of which more than half is used. */
function sidesFor(size: number): number[] {
  return SIDES.filter((side, i) => size > side / 2 || i === SIDES.length - 1);
}
