import { FIRST_NODE } from './draws';
import { mix4, signedPair } from './hash';

/** Cells of the grid along the longer side of an image, and the maximum number of nodes in a row. */
const CELLS: f64 = 4;
const NODES_IN_ROW: i32 = 8;

/*
 * Elastic deformation. Along a row, the displacement in each cell of the grid is a cubic polynomial, determined by the four nodes
 * around the cell; vectors hold its components, down and right. Each worker has its own instance of this module, and therefore its
 * own copy of these variables.
 */
let hash: u32;
let strengths: v128 = f64x2.splat(0);
export let spacing: f64 = 1;
let firstNode: i32;
let weight0: f64;
let weight1: f64;
let weight2: f64;
let weight3: f64;
let node0: v128 = f64x2.splat(0);
let node1: v128 = f64x2.splat(0);
let node2: v128 = f64x2.splat(0);
let node3: v128 = f64x2.splat(0);
export let displacement0: v128 = f64x2.splat(0);
export let displacement1: v128 = f64x2.splat(0);
export let displacement2: v128 = f64x2.splat(0);
export let displacement3: v128 = f64x2.splat(0);

/**
 * Selects the image whose rows follow.
 *
 * @param units the root mean square displacement, down and right
 */
export function startImage(imageHash: u32, units: v128, longerSide: i32): void {
  hash = imageHash;
  strengths = f64x2.mul(units, f64x2.splat((sqrt<f64>(3) * 315) / 151));
  spacing = <f64>longerSide / CELLS;
}

/** Sets the displacement to zero. */
export function clearDisplacement(): void {
  displacement0 = displacement1 = displacement2 = displacement3 = f64x2.splat(0);
}

/** Goes to the start of a row of the image, before its first cell. */
export function startRow(row: i32): void {
  const position = <f64>row / spacing;
  const cell = floor<f64>(position);
  firstNode = FIRST_NODE + 2 * NODES_IN_ROW * <i32>cell;
  const t = position - cell;
  const rest = 1 - t;
  weight0 = (rest * rest * rest) / 6;
  weight1 = (3 * t * t * t - 6 * t * t + 4) / 6;
  weight2 = (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6;
  weight3 = (t * t * t) / 6;
  node1 = nodeAt(0);
  node2 = nodeAt(1);
  node3 = nodeAt(2);
}

/**
 * Goes to the next cell of the row: `displacement0 + t · (displacement1 + t · (displacement2 + t · displacement3))`, at the fraction `t` of the cell,
 * is the uniform cubic B-spline over the nodes around it.
 *
 * @returns the first column after the cell
 */
export function nextCell(cell: i32): i32 {
  node0 = node1;
  node1 = node2;
  node2 = node3;
  node3 = nodeAt(cell + 3);
  const sixth = f64x2.splat(1.0 / 6);
  const outer = f64x2.add(node0, node2);
  displacement0 = f64x2.mul(f64x2.add(outer, f64x2.mul(f64x2.splat(4), node1)), sixth);
  displacement1 = f64x2.mul(f64x2.sub(node2, node0), f64x2.splat(0.5));
  displacement2 = f64x2.sub(f64x2.mul(outer, f64x2.splat(0.5)), node1);
  const inner = f64x2.mul(f64x2.sub(node1, node2), f64x2.splat(3));
  displacement3 = f64x2.mul(f64x2.add(f64x2.sub(node3, node0), inner), sixth);
  return <i32>ceil<f64>(<f64>(cell + 1) * spacing);
}

/** The spline through four nodes of a column of the grid, at the current row. */
function nodeAt(column: i32): v128 {
  const first = firstNode + 2 * column;
  const two = i32x4(first, first + 1, first + 2 * NODES_IN_ROW, first + 2 * NODES_IN_ROW + 1);
  const hashes = i32x4.splat(hash);
  const upper = mix4(i32x4.add(hashes, two));
  const lower = mix4(i32x4.add(hashes, i32x4.add(two, i32x4.splat(4 * NODES_IN_ROW))));
  const sum = f64x2.add(
    f64x2.add(
      f64x2.mul(f64x2.splat(weight0), signedPair(upper)),
      f64x2.mul(f64x2.splat(weight1), signedPair(i64x2.shuffle(upper, upper, 1, 1))),
    ),
    f64x2.add(
      f64x2.mul(f64x2.splat(weight2), signedPair(lower)),
      f64x2.mul(f64x2.splat(weight3), signedPair(i64x2.shuffle(lower, lower, 1, 1))),
    ),
  );
  return f64x2.mul(strengths, sum);
}
