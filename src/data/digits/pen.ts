import type { Random } from '../../core/random.js';
import { normal } from './normal.js';

/** Half the median stroke width, in pixels of the final image, and the standard deviation of its logarithm. */
const MEDIAN_RADIUS = 1.2;
const RADIUS_DEVIATION = 0.3;
const MIN_RADIUS = 0.4;
/** The standard deviation of the relative variation of the width along the strokes. */
const PRESSURE_DEVIATION = 0.15;

export interface Pen {
  /** Half the mean stroke width, in pixels. */
  readonly radius: number;
  /** Half the stroke width at the nth point of the drawing, in pixels. */
  readonly radiusAt: (n: number) => number;
  /** The gray level of full ink, at most 255. */
  readonly ink: number;
}

export function randomPen(random: Random): Pen {
  const radius = Math.max(MIN_RADIUS, MEDIAN_RADIUS * Math.exp(normal(random, RADIUS_DEVIATION)));
  const variation = normal(random, PRESSURE_DEVIATION);
  const phase = random.uniform(0, 2 * Math.PI);
  const frequency = random.uniform(0.03, 0.3);
  return {
    radius,
    radiusAt: (n) => radius * (1 + variation * Math.sin(phase + frequency * n)),
    ink: random.uniform(250, 255),
  };
}
