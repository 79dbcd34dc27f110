import type { Pair, Shape } from '../../../core/shape.js';
import type { Augmentation } from '../../../plan/augmentation.js';
import type { Draws } from './draws.js';
import { randAugment } from './randAugment.js';

const DEGREE = Math.PI / 180;

/** The grid of the elastic deformation has four cells along the longer side of an image and at most eight nodes per row. */
const CELLS = 4;
const NODES_IN_ROW = 8;
/** Scales node values so that displacements have a root mean square of 1: a cubic B-spline reduces it by 151/315, a uniform draw by √3. */
const NODE_SCALE = (Math.sqrt(3) * 315) / 151;

/** The draws of an image. */
type ImageDraws = Pick<Draws, 'share' | 'signed' | 'integer' | 'change' | 'node'>;

/** Maps a pixel of the output to a position, row and column, in the source image, which may be fractional. */
export type ImageMap = (row: number, column: number) => Pair;

/** The aspect ratio of a part of an image is from 3/4 to this. */
const MAX_RATIO = 4 / 3;

/**
 * The output is `center + R · S · H · V · (source - center) + shift`: sheared vertically by V and horizontally by H, scaled by S, rotated
 * by R and shifted, as by torchvision's `affine`, and then deformed; the source is a part of the image. The map is the inverse.
 */
export function imageMapOf(augmentation: Augmentation, shape: Shape, draws: ImageDraws): ImageMap {
  const { shift, rotate, scale, shear, crop, flip } = augmentation;
  const [height, width] = shape;
  const changes = randAugment(augmentation, shape, draws);
  const part = partOf(augmentation, shape, draws);
  const center = { x: (width - 1) / 2, y: (height - 1) / 2 };
  const down = shift * draws.signed('shiftDown') + draws.integer('cropDown', crop) + changes.down;
  const right = shift * draws.signed('shiftRight') + draws.integer('cropRight', crop) + changes.right;
  const angle = rotate * draws.signed('rotate') * DEGREE + changes.angle;
  const size = 1 + scale * draws.signed('scale');
  const slant = Math.tan(shear * draws.signed('shear') * DEGREE) + changes.shearX;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const isMirrored = flip && draws.share('flip') < 0.5;
  const displacementAt = displacementOf(augmentation.elastic, Math.max(height, width) / CELLS, draws);

  return (row, column) => {
    const [x, y] = [column - center.x - right, row - center.y - down];
    const [movedDown, movedRight] = displacementAt(row, column);
    const fromX = ((cos + slant * sin) / size) * x + ((sin - slant * cos) / size) * y;
    const fromY = (-sin / size) * x + (cos / size) * y - changes.shearY * fromX;
    const sourceX = center.x + fromX + movedRight;
    const sourceY = center.y + fromY + movedDown;
    return [
      part.start[0] + part.scales[0] * sourceY,
      part.start[1] + part.scales[1] * (isMirrored ? width - 1 - sourceX : sourceX),
    ];
  };
}

/**
 * The part of an image that is resized to the whole image, as by torchvision's `RandomResizedCrop`, but its position is not rounded to
 * pixels, its sides are at most those of the image, and no position in it is beyond the centers of the image's outermost pixels.
 */
function partOf({ resizedCrop }: Augmentation, [height, width]: Shape, draws: ImageDraws) {
  if (resizedCrop === 0) return { scales: [1, 1], start: [0, 0] };
  const area = resizedCrop + (1 - resizedCrop) * draws.share('partArea');
  const ratio = (MAX_RATIO ** draws.signed('partRatio') * height) / width;
  const [down, right] = [area / ratio, area * ratio].map((square) => Math.min(1, Math.sqrt(square)));
  return {
    scales: [down, right],
    start: [
      draws.share('partDown') * (1 - down) * (height - 1),
      draws.share('partRight') * (1 - right) * (width - 1),
    ],
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
