import { CHANNELS, FLOAT } from './lib/simd';
import { PANEL } from './lib/tile';
import { planeOf } from './lib/winograd/conv2d';
import { factorOf, firstFactor, half, pointA, pointB } from './lib/winograd/points';
import { WeightTransform } from './lib/winograd/weightTransforms';

/**
 * `G g Gᵀ` of the vectors of eight channels `begin` to `end` of a weight `[3, 3, inputs, outputs]`. The result is a matrix for each
 * position, in panels of sixteen columns: `[panels, inputs, 16]`, followed by an unused row.
 *
 * @param tileSize outputs of a tile, in each direction: 2 or 4
 */
export function winogradWeight(
  begin: i32,
  end: i32,
  tileSize: i32,
  weight: i32,
  inputs: i32,
  outputs: i32,
  transformed: i32,
): void {
  const row = outputs * FLOAT;
  const tap = inputs * row;
  const side = tileSize + 2;
  const plane = planeOf(inputs, row);
  const halves = f32x4.splat(half);
  const a = f32x4.splat(pointA);
  const b = f32x4.splat(pointB);
  const aa = f32x4.mul(a, a);
  const bb = f32x4.mul(b, b);
  const first = f32x4.splat(firstFactor());
  const factorA = f32x4.splat(factorOf(pointA, pointB));
  const factorB = f32x4.splat(factorOf(pointB, pointA));
  for (let vector = begin; vector < end; vector++) {
    const column = (vector / inputs) * CHANNELS;
    const input = vector % inputs;
    const at = input * row + column;
    const to = transformed + ((column / PANEL) * inputs + input) * PANEL + (column % PANEL);
    // The columns of the tile go to its first three columns of positions, from which its rows then are computed in place.
    for (let kx = 0; kx < 3; kx++) {
      const from = weight + kx * tap + at;
      WeightTransform.weight(
        tileSize,
        halves,
        a,
        b,
        aa,
        bb,
        first,
        factorA,
        factorB,
        from,
        3 * tap,
        to + kx * plane,
        side * plane,
      );
    }
    for (let ky = 0; ky < side; ky++) {
      const from = to + ky * side * plane;
      WeightTransform.weight(
        tileSize,
        halves,
        a,
        b,
        aa,
        bb,
        first,
        factorA,
        factorB,
        from,
        plane,
        from,
        plane,
      );
    }
  }
}
