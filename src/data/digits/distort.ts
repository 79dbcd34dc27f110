import type { Random } from '../../core/random.js';
import { normal } from './normal.js';
import type { Point } from './skeletons.js';

export type Distortion = (point: Point) => Point;

const WAVES = 4;
/** The standard deviation of a wave's amplitude, in hundredths of the digit's height. */
const WAVE_AMPLITUDE = 4;

/** Standard deviations across writers: aspect ratio (its logarithm), slant (its tangent), rotation (in radians). */
const ASPECT = 0.22;
const SLANT = 0.22;
const ROTATION = 0.12;
/** Most handwriting leans to the right. */
const MEAN_SLANT = 0.14;

/** A smooth elastic distortion: the sum of a few waves with random directions, each longer than the digit's height. */
export function randomElasticDistortion(random: Random): Distortion {
  const waves = Array.from({ length: WAVES }, () => {
    const direction = random.uniform(0, 2 * Math.PI);
    const frequency = (random.uniform(0.3, 1) * 2 * Math.PI) / 100;
    return {
      perX: Math.cos(direction) * frequency,
      perY: Math.sin(direction) * frequency,
      phase: random.uniform(0, 2 * Math.PI),
      amplitude: { x: normal(random, WAVE_AMPLITUDE), y: normal(random, WAVE_AMPLITUDE) },
    };
  });
  return (point) => {
    let { x, y } = point;
    for (const { perX, perY, phase, amplitude } of waves) {
      const wave = Math.sin(point.x * perX + point.y * perY + phase);
      x += amplitude.x * wave;
      y += amplitude.y * wave;
    }
    return { x, y };
  };
}

/** An affine distortion: scales the width, slants and rotates the digit. */
export function randomAffineDistortion(random: Random): Distortion {
  const aspect = Math.exp(normal(random, ASPECT));
  const slant = MEAN_SLANT + normal(random, SLANT);
  const angle = normal(random, ROTATION);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return ({ x, y }) => {
    const slanted = x * aspect - y * slant;
    return { x: slanted * cos - y * sin, y: slanted * sin + y * cos };
  };
}
