import type { Pair, Shape } from '../../../core/shape.js';
import type { Augmentation } from '../../../plan/augmentation.js';
import type { Draws } from './draws.js';

const DEGREE = Math.PI / 180;

/** The grid of the elastic deformation has four cells along the longer side of an image and at most eight nodes per row. */
const CELLS = 4;
const NODES_IN_ROW = 8;
/** Scales node values so that displacements have a root mean square of 1: a cubic B-spline reduces it by 151/315, a uniform draw by √3. */
const NODE_SCALE = (Math.sqrt(3) * 315) / 151;

/** The draws of an image. */
type ImageDraws = Pick<Draws, 'share' | 'signed' | 'integer' | 'node'>;

/** Maps a pixel of the output to a position, row and column, in the source image, which may be fractional. */
export type ImageMap = (row: number, column: number) => Pair;

/**
 * The output is `center + R · S · H · (source - center) + shift`: sheared by H, scaled by S, rotated by R and shifted, as by
 * torchvision's `affine`, and then deformed. The map is the inverse.
 */
export function imageMapOf(augmentation: Augmentation, [height, width]: Shape, draws: ImageDraws): ImageMap {
  const { shift, rotate, scale, shear, crop, flip } = augmentation;
  const center = { x: (width - 1) / 2, y: (height - 1) / 2 };
  const down = shift * draws.signed('shiftDown') + draws.integer('cropDown', crop);
  const right = shift * draws.signed('shiftRight') + draws.integer('cropRight', crop);
  const angle = rotate * draws.signed('rotate') * DEGREE;
  const size = 1 + scale * draws.signed('scale');
  const slant = Math.tan(shear * draws.signed('shear') * DEGREE);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const isMirrored = flip && draws.share('flip') < 0.5;
  const displacementAt = displacementOf(augmentation.elastic, Math.max(height, width) / CELLS, draws);

  return (row, column) => {
    const [x, y] = [column - center.x - right, row - center.y - down];
    const [movedDown, movedRight] = displacementAt(row, column);
    const sourceX =
      center.x + ((cos + slant * sin) / size) * x + ((sin - slant * cos) / size) * y + movedRight;
    const sourceY = center.y + (-sin / size) * x + (cos / size) * y + movedDown;
    return [sourceY, isMirrored ? width - 1 - sourceX : sourceX];
  };
}

/** A smooth random displacement of every pixel: a uniform cubic B-spline over a grid of random displacements. */
function displacementOf(strength: number, spacing: number, draws: ImageDraws): ImageMap {
  if (strength === 0) return () => [0, 0];
  return (row, column) => {
    const [cellY, cellX] = [Math.floor(row / spacing), Math.floor(column / spacing)];
    const weightsY = splineWeights(row / spacing - cellY);
    const weightsX = splineWeights(column / spacing - cellX);
    let [down, right] = [0, 0];
    for (const [i, weightY] of weightsY.entries()) {
      for (const [j, weightX] of weightsX.entries()) {
        const node = 2 * ((cellY + i) * NODES_IN_ROW + cellX + j);
        down += weightY * weightX * draws.node(node);
        right += weightY * weightX * draws.node(node + 1);
      }
    }
    return [strength * NODE_SCALE * down, strength * NODE_SCALE * right];
  };
}

/** The weights of the four nodes around a position, at the fraction `t` of the cell after the second node. */
function splineWeights(t: number): readonly number[] {
  return [
    (1 - t) ** 3 / 6,
    (3 * t ** 3 - 6 * t ** 2 + 4) / 6,
    (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6,
    t ** 3 / 6,
  ];
}
