import type { Pair, Shape } from '../../../core/shape.js';
import type { Augmentation } from '../../../plan/augmentation.js';
import type { Draws } from './draws.js';

const DEGREE = Math.PI / 180;

/** The bending's grid has four cells along the longer side of an image, and at most eight nodes in a row. */
const CELLS = 4;
const NODES_IN_ROW = 8;
/** A cubic B-spline makes numbers on a grid smaller, root mean square, by 151/315; so does a uniform draw, by √3. */
const NODE_SCALE = (Math.sqrt(3) * 315) / 151;

/** An image's draws, or others in their place. */
type ImageDraws = Pick<Draws, 'share' | 'signed' | 'whole' | 'node'>;

/** Says which place of the source is seen at a pixel of the output; rows and columns, not always whole ones. */
export type ImageMap = (row: number, column: number) => Pair;

/**
 * The output is `centre + R · S · H · (source - centre) + shift`: slanted by H, scaled by S, turned by R, shifted, as
 * torchvision's `affine` does it, and bent. The map goes the other way.
 */
export function imageMapOf(augmentation: Augmentation, [height, width]: Shape, draws: ImageDraws): ImageMap {
  const { shift, rotate, scale, shear, crop, flip } = augmentation;
  const centre = { x: (width - 1) / 2, y: (height - 1) / 2 };
  const down = shift * draws.signed('shiftDown') + draws.whole('cropDown', crop);
  const right = shift * draws.signed('shiftRight') + draws.whole('cropRight', crop);
  const angle = rotate * draws.signed('rotate') * DEGREE;
  const size = 1 + scale * draws.signed('scale');
  const slant = Math.tan(shear * draws.signed('shear') * DEGREE);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const isMirrored = flip && draws.share('flip') < 0.5;
  const bend = bendOf(augmentation.elastic, Math.max(height, width) / CELLS, draws);

  return (row, column) => {
    const [x, y] = [column - centre.x - right, row - centre.y - down];
    const [bentDown, bentRight] = bend(row, column);
    const sourceX =
      centre.x + ((cos + slant * sin) / size) * x + ((sin - slant * cos) / size) * y + bentRight;
    const sourceY = centre.y + (-sin / size) * x + (cos / size) * y + bentDown;
    return [sourceY, isMirrored ? width - 1 - sourceX : sourceX];
  };
}

/** A smooth random displacement of every pixel: a uniform cubic B-spline over a grid of random ones. */
function bendOf(strength: number, spacing: number, draws: ImageDraws): ImageMap {
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

/** Of the four nodes around a place, `t` of a cell behind the second. */
function splineWeights(t: number): readonly number[] {
  return [
    (1 - t) ** 3 / 6,
    (3 * t ** 3 - 6 * t ** 2 + 4) / 6,
    (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6,
    t ** 3 / 6,
  ];
}
