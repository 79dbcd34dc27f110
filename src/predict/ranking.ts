import type { Calibration } from '../interop/calibrationRecord.js';
import { confidencesOf } from './calibration.js';

/** Number of classes named per image by default: the predicted class and the second most likely. */
export const DEFAULT_TOP = 2;
export const MAX_TOP = 1000;

/** A class and its probability. */
export interface RankedClass {
  readonly class: string;
  /** A calibrated probability, from 0 to 1. */
  readonly confidence: number;
}

export interface RankingOptions {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** Of the model that computed the logits, if it was calibrated. */
  readonly calibration: Calibration | undefined;
  /** How many classes per image. */
  readonly count: number;
}

/**
 * The most likely classes of each image, best first.
 *
 * @param logits `[images, classes]`
 */
export function rank(logits: Float32Array, { classes, calibration, count }: RankingOptions): RankedClass[][] {
  const images = logits.length / classes.length;
  return Array.from({ length: images }, (_, image) =>
    confidencesOf(logits.subarray(image * classes.length, (image + 1) * classes.length), calibration)
      .map((confidence, label) => ({ class: classes[label], confidence }))
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, count),
  );
}
