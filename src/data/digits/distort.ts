import type { Random } from '../../core/random.js';
import { normal } from './normal.js';
import type { Point } from './skeletons.js';

export type Distortion = (point: Point) => Point;

const WAVES = 4;
/** A wave's height as a standard deviation, in hundredths of the digit's height. */
const WAVE_HEIGHT = 4;

/** Standard deviations over many hands: width by height (as a logarithm), slant (a tangent), rotation (radians). */
const ASPECT = 0.22;
const SLANT = 0.22;
const ROTATION = 0.12;
/** Most hands lean to the right. */
const MEAN_SLANT = 0.14;

/** Bends the paper smoothly: the sum of a few waves of random direction, less than one to the digit's height. */
export function randomBend(random: Random): Distortion {
  const waves = Array.from({ length: WAVES }, () => {
    const direction = random.uniform(0, 2 * Math.PI);
    const frequency = (random.uniform(0.3, 1) * 2 * Math.PI) / 100;
    return {
      perX: Math.cos(direction) * frequency,
      perY: Math.sin(direction) * frequency,
      phase: random.uniform(0, 2 * Math.PI),
      height: { x: normal(random, WAVE_HEIGHT), y: normal(random, WAVE_HEIGHT) },
    };
  });
  return (point) => {
    let { x, y } = point;
    for (const { perX, perY, phase, height } of waves) {
      const wave = Math.sin(point.x * perX + point.y * perY + phase);
      x += height.x * wave;
      y += height.y * wave;
    }
    return { x, y };
  };
}

/** Stretches, slants and turns the digit as a whole. */
export function randomLean(random: Random): Distortion {
  const aspect = Math.exp(normal(random, ASPECT));
  const slant = MEAN_SLANT + normal(random, SLANT);
  const angle = normal(random, ROTATION);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return ({ x, y }) => {
    const leaning = x * aspect - y * slant;
    return { x: leaning * cos - y * sin, y: leaning * sin + y * cos };
  };
}
