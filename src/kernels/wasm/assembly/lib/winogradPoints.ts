/*
 * Constants of the transforms of Winograd's algorithm. Hosts rebuild constants of vectors at each use, which takes as long as the use, and
 * then do not combine pairs of vectors. These are exported, so that they count as variables; functions receive vectors of them.
 */

/** a and b of F(4×4, 3×3). */
export let pointA: f32 = 0.75;
export let pointB: f32 = 1.5;
export let half: f32 = 0.5;
