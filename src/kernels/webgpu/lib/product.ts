import type { Dispatch, KernelLimits } from './kernel.js';
import { BUILTINS, GROUP_INDEX } from './wgsl.js';

/** Rows and columns of the sums that a thread holds in registers. */
const REGISTERS = 4;
/** Terms of the sums that a workgroup loads at once. */
const DEPTH = 16;

/** A matrix product `put[row, column] = Σ left[row, k] · right[k, column]`, one for each part. */
export interface Product {
  /**
   * WGSL: addresses, and functions of the part:
   * - `fn left(part: u32, row: u32, k: u32) -> f32` and `fn right(part: u32, k: u32, column: u32) -> f32`, the elements;
   * - `fn rowsOf(part: u32) -> u32` and `fn depthOf(part: u32) -> u32`, how many there are;
   * - `fn put(part: u32, row: u32, column: u32, sums: vec4f)`, which stores the sums of four rows, of which the last may not exist.
   */
  readonly declarations: string;
  /** The largest number of rows. */
  readonly rows: number;
  readonly columns: number;
  readonly parts?: number;
  /** Which of the elements of the left matrix are neighbors in memory: by default those of a row. */
  readonly leftNeighbors?: 'rows' | 'terms';
}

/**
 * A shader of one workgroup for each tile of the result. Its threads load parts of the rows and columns into memory that they share, and
 * each computes four rows of four columns. The terms of every sum are added in their order.
 */
export function product(
  { declarations, rows, columns, parts = 1, leftNeighbors = 'terms' }: Product,
  { threads: limit }: KernelLimits,
): Dispatch {
  const tileColumns = [64, 32, 16].find((size) => columns > size / 2) ?? 16;
  const tileRows =
    [64, 32, 16].find((size) => rows > size / 2 && threadsOf(size, tileColumns) <= limit) ?? 16;
  const threads = threadsOf(tileRows, tileColumns);
  const tilesAcross = Math.ceil(columns / tileColumns);
  const tiles = Math.ceil(rows / tileRows) * tilesAcross;
  const [leftRow, leftTerm] =
    leftNeighbors === 'terms' ? [`i / ${DEPTH}u`, `i % ${DEPTH}u`] : [`i % ${tileRows}u`, `i / ${tileRows}u`];
  const group = tileColumns / REGISTERS;
  return {
    code: `${declarations}
var<workgroup> leftTile: array<f32, ${tileRows * DEPTH}>;
var<workgroup> rightTile: array<f32, ${tileColumns * DEPTH}>;
@compute @workgroup_size(${threads})
fn main(${BUILTINS}) {
  let index = ${GROUP_INDEX};
  if (index >= ${tiles * parts}u) { return; }
  let part = index / ${tiles}u;
  let firstRow = index % ${tiles}u / ${tilesAcross}u * ${tileRows}u;
  let firstColumn = index % ${tilesAcross}u * ${tileColumns}u;
  let rows = rowsOf(part);
  let depth = depthOf(part);
  let ownRow = lane / ${group}u * ${REGISTERS}u;
  let ownColumn = lane % ${group}u * ${REGISTERS}u;
  var sums: array<vec4f, 4>;
  for (var start = 0u; start < depth; start += ${DEPTH}u) {
    for (var i = lane; i < ${tileRows * DEPTH}u; i += ${threads}u) {
      let row = ${leftRow};
      let k = ${leftTerm};
      var value = 0.0;
      if (firstRow + row < rows && start + k < depth) { value = left(part, firstRow + row, start + k); }
      leftTile[k * ${tileRows}u + row] = value;
    }
    for (var i = lane; i < ${tileColumns * DEPTH}u; i += ${threads}u) {
      let column = i % ${tileColumns}u;
      let k = i / ${tileColumns}u;
      var value = 0.0;
      if (firstColumn + column < ${columns}u && start + k < depth) {
        value = right(part, start + k, firstColumn + column);
      }
      rightTile[i] = value;
    }
    workgroupBarrier();
    for (var k = 0u; k < ${DEPTH}u; k++) {
      let at = k * ${tileColumns}u + ownColumn;
      let values = vec4f(rightTile[at], rightTile[at + 1u], rightTile[at + 2u], rightTile[at + 3u]);
      let first = k * ${tileRows}u + ownRow;
      sums[0] += leftTile[first] * values;
      sums[1] += leftTile[first + 1u] * values;
      sums[2] += leftTile[first + 2u] * values;
      sums[3] += leftTile[first + 3u] * values;
    }
    workgroupBarrier();
  }
  if (firstRow + ownRow >= rows) { return; }
  let columns = transpose(mat4x4f(sums[0], sums[1], sums[2], sums[3]));
  for (var i = 0u; i < 4u; i++) {
    let column = firstColumn + ownColumn + i;
    if (column < ${columns}u) { put(part, firstRow + ownRow, column, columns[i]); }
  }
}`,
    workgroups: tiles * parts,
  };
}

function threadsOf(tileRows: number, tileColumns: number): number {
  return (tileRows * tileColumns) / REGISTERS ** 2;
}

/** WGSL: a `put` that calls `store`, with `row` and `value`, for each row that exists. */
export function putRows(statement: string): string {
  return `
fn put(part: u32, first: u32, column: u32, sums: vec4f) {
  for (var i = 0u; i < min(4u, rowsOf(part) - first); i++) {
    let row = first + i;
    let value = sums[i];
    ${statement}
  }
}
`;
}
