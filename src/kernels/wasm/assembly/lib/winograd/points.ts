/*
 * Constants of the transforms of Winograd's algorithm. V8 rebuilds a constant vector at each use, and then does not combine pairs of
 * vectors. An exported variable, of which functions receive a vector, avoids both.
 */

/** a and b of F(4×4, 3×3). */
export let pointA: f32 = 0.75;
export let pointB: f32 = 1.5;
export let half: f32 = 0.5;

/** The factor of the first row of G. */
export function firstFactor(): f32 {
  return 1 / (pointA * pointA * pointB * pointB);
}

/** The factor of the two rows of G for the points ± `point`. */
export function factorOf(point: f32, other: f32): f32 {
  const square = point * point;
  return 1 / (2 * square * (square - other * other));
}
