import type { Random } from '../../core/random.js';
import { normal } from './normal.js';

/** Half the stroke's usual width, in pixels of the finished image, and its spread (of the logarithm). */
const USUAL_RADIUS = 1.2;
const RADIUS_SPREAD = 0.3;
const MIN_RADIUS = 0.4;
/** How much the width swings along the strokes, as a standard deviation in shares of it. */
const PRESSURE_SWING = 0.15;

export interface Pen {
  /** Half the stroke's mean width, in pixels. */
  readonly radius: number;
  /** Half its width at the nth point of the drawing, in pixels. */
  readonly radiusAt: (n: number) => number;
  /** The grey level of full ink, at most 255. */
  readonly ink: number;
}

export function randomPen(random: Random): Pen {
  const radius = Math.max(MIN_RADIUS, USUAL_RADIUS * Math.exp(normal(random, RADIUS_SPREAD)));
  const swing = normal(random, PRESSURE_SWING);
  const phase = random.uniform(0, 2 * Math.PI);
  const rate = random.uniform(0.03, 0.3);
  return {
    radius,
    radiusAt: (n) => radius * (1 + swing * Math.sin(phase + rate * n)),
    ink: random.uniform(250, 255),
  };
}
