import type { Shape } from '../../../core/shape.js';
import type { Augmentation } from '../../../plan/augmentation.js';
import type { Draws } from './draws.js';

/** The fraction of the largest strength of each change: torchvision's default magnitude, 9 of 30. */
const MAGNITUDE = 0.3;

/** What is added to the parameters of an image's other changes, or multiplies them if it is a factor. */
interface RandomChanges {
  /** radians */
  angle: number;
  /** tangents */
  shearX: number;
  shearY: number;
  /** pixels */
  right: number;
  down: number;
  /** factors */
  brightness: number;
  contrast: number;
  saturation: number;
  /** From this value on, values are inverted. */
  solarizeFrom: number;
}

/** The kinds of changes, in the order of their numbers; the first one changes nothing. */
const KINDS: readonly ((changes: RandomChanges, sign: number, [height, width]: Shape) => void)[] = [
  () => undefined,
  (changes, sign) => (changes.angle += sign * MAGNITUDE * (Math.PI / 6)),
  (changes, sign) => (changes.shearX += sign * MAGNITUDE * 0.3),
  (changes, sign) => (changes.shearY += sign * MAGNITUDE * 0.3),
  (changes, sign, [, width]) => (changes.right += sign * MAGNITUDE * (150 / 331) * width),
  (changes, sign, [height]) => (changes.down += sign * MAGNITUDE * (150 / 331) * height),
  (changes, sign) => (changes.brightness *= 1 + sign * MAGNITUDE * 0.9),
  (changes, sign) => (changes.contrast *= 1 + sign * MAGNITUDE * 0.9),
  (changes, sign) => (changes.saturation *= 1 + sign * MAGNITUDE * 0.9),
  (changes) => (changes.solarizeFrom = 1 - MAGNITUDE),
];

/**
 * Draws changes with replacement, at torchvision's strengths for magnitude 9. Unlike in the paper, they are applied in the fixed order of all
 * changes, geometric ones as one map, and there is no autocontrast, equalization, posterization or sharpening. Source: E. Cubuk et al.,
 * "RandAugment: Practical Automated Data Augmentation with a Reduced Search Space", 2020.
 */
export function randAugment(
  { randAugment: count }: Augmentation,
  shape: Shape,
  draws: Pick<Draws, 'change'>,
): Readonly<RandomChanges> {
  const changes: RandomChanges = {
    angle: 0,
    shearX: 0,
    shearY: 0,
    right: 0,
    down: 0,
    brightness: 1,
    contrast: 1,
    saturation: 1,
    solarizeFrom: Infinity,
  };
  for (let i = 0; i < count; i++) {
    const [kind, sign] = draws.change(i, KINDS.length);
    KINDS[kind](changes, sign, shape);
  }
  return changes;
}
