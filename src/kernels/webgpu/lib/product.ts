import type { Dispatch, KernelLimits } from './kernel.js';
import { type ProductSizes, REGISTERS, TERMS, tilingOf } from './tiling.js';
import { BUILTINS, GROUP_INDEX } from './wgsl.js';

/** A matrix product `put[row, column] = Σ left[row, k] · right[k, column]`, one for each part. */
export interface Product extends ProductSizes {
  /**
   * WGSL: addresses, and functions of the part:
   * - `fn left(part: u32, row: u32, k: u32) -> f32` and `fn right(part: u32, k: u32, column: u32) -> f32`, the elements;
   * - `fn rowsOf(part: u32) -> u32` and `fn depthOf(part: u32) -> u32`, how many there are;
   * - `fn put(part: u32, row: u32, column: u32, sums: vec4f)`, which stores the sums of four rows, of which the last may not exist.
   */
  readonly declarations: string;
  /** Which of the elements of the left matrix are neighbors in memory: by default those of a row. */
  readonly leftNeighbors?: 'rows' | 'terms';
}

/**
 * A shader of one workgroup for each tile of the result. Its threads load parts of the rows and columns into memory that they share, as vectors
 * of four rows, and of four columns that lie a quarter of the tile apart, so that neighboring threads read and write neighboring words. Each
 * thread computes four rows of four columns. Where there are few tiles, several teams of threads share the terms of the sums, which are then
 * added in the order of the teams: the order of additions is always the same.
 */
export function product(matrices: Product, limits: KernelLimits): Dispatch {
  const { declarations, columns, parts = 1, leftNeighbors = 'terms' } = matrices;
  const { tileRows, tileColumns, tiles, tilesAcross, teams } = tilingOf(matrices, limits);
  const [rowVectors, columnVectors] = [tileRows / REGISTERS, tileColumns / REGISTERS];
  const threads = rowVectors * columnVectors;
  // With one more vector in each row, threads that store neighboring terms use different banks of the memory.
  const leftPitch = rowVectors + 1;
  const leftSize = TERMS * leftPitch;
  const teamSize = leftSize + TERMS * columnVectors;
  const [leftRow, leftTerm] =
    leftNeighbors === 'terms'
      ? [`i / ${TERMS}u`, `i % ${TERMS}u`]
      : [`i % ${rowVectors}u`, `i / ${rowVectors}u`];
  return {
    code: `${declarations}
var<workgroup> vectors: array<vec4f, ${Math.max(teams * teamSize, (teams - 1) * threads * REGISTERS)}>;
@compute @workgroup_size(${teams * threads})
fn main(${BUILTINS}) {
  let index = ${GROUP_INDEX};
  if (index >= ${tiles * parts}u) { return; }
  let part = index / ${tiles}u;
  let firstRow = index % ${tiles}u / ${tilesAcross}u * ${tileRows}u;
  let firstColumn = index % ${tilesAcross}u * ${tileColumns}u;
  let rows = rowsOf(part);
  let depth = depthOf(part);
  let team = lane / ${threads}u;
  let thread = lane % ${threads}u;
  let ownRow = thread / ${columnVectors}u;
  let ownColumn = thread % ${columnVectors}u;
  let leftStart = team * ${teamSize}u;
  let rightStart = leftStart + ${leftSize}u;
  var sums = array<vec4f, 4>();
  for (var first = 0u; first < depth; first += ${teams * TERMS}u) {
    let start = first + team * ${TERMS}u;
    for (var i = thread; i < ${TERMS * rowVectors}u; i += ${threads}u) {
      let vector = ${leftRow};
      let k = ${leftTerm};
      var values = vec4f();
      for (var j = 0u; j < 4u; j++) {
        let row = firstRow + vector * 4u + j;
        if (row < rows && start + k < depth) { values[j] = left(part, row, start + k); }
      }
      vectors[leftStart + k * ${leftPitch}u + vector] = values;
    }
    for (var i = thread; i < ${TERMS * columnVectors}u; i += ${threads}u) {
      let k = i / ${columnVectors}u;
      var values = vec4f();
      for (var j = 0u; j < 4u; j++) {
        let column = firstColumn + i % ${columnVectors}u + j * ${columnVectors}u;
        if (column < ${columns}u && start + k < depth) { values[j] = right(part, start + k, column); }
      }
      vectors[rightStart + i] = values;
    }
    workgroupBarrier();
    for (var k = 0u; k < ${TERMS}u; k++) {
      let values = vectors[rightStart + k * ${columnVectors}u + ownColumn];
      let factors = vectors[leftStart + k * ${leftPitch}u + ownRow];
      sums[0] += factors.x * values;
      sums[1] += factors.y * values;
      sums[2] += factors.z * values;
      sums[3] += factors.w * values;
    }
    workgroupBarrier();
  }
  ${teams === 1 ? '' : addTeams(teams, threads)}
  let row = firstRow + ownRow * 4u;
  if (row >= rows) { return; }
  let columns = transpose(mat4x4f(sums[0], sums[1], sums[2], sums[3]));
  for (var i = 0u; i < 4u; i++) {
    let column = firstColumn + ownColumn + i * ${columnVectors}u;
    if (column < ${columns}u) { put(part, row, column, columns[i]); }
  }
}`,
    workgroups: tiles * parts,
  };
}

/** WGSL: adds the sums of the other teams to those of the first, whose threads continue. */
function addTeams(teams: number, threads: number): string {
  return `if (team > 0u) {
    for (var r = 0u; r < 4u; r++) { vectors[(lane - ${threads}u) * 4u + r] = sums[r]; }
  }
  workgroupBarrier();
  if (team > 0u) { return; }
  for (var other = 0u; other < ${teams - 1}u; other++) {
    for (var r = 0u; r < 4u; r++) { sums[r] += vectors[(other * ${threads}u + thread) * 4u + r]; }
  }`;
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
