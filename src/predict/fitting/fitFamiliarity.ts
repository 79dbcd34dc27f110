import type { Familiarity, Prototypes } from '../../interop/calibrationRecord.js';
import { detectorWeights } from '../detector/detector.js';
import { nonDigitMargin } from '../detector/logits.js';
import { familiarityOf } from '../familiarity.js';
import type { Features } from '../features.js';
import { distanceFrom } from '../prototypes.js';
import { argmax, logSumExp } from '../softmax.js';

/** The share of the validation images that are out of distribution, and the quantile that spreads are measured to. */
export const TAIL = 0.02;
/** The share that are out of distribution where the digit detector judges as well, which finds many more of the others. */
const DETECTOR_TAIL = 0.045;
const MIN_SPREAD = 1e-6;

/**
 * Measures the familiarity of the validation images.
 *
 * @param rows the logits of each image, `[classes]`
 * @param features of the same images
 * @param detected the logits of the digit detector for each image, if it judges the model
 * @returns the familiarity of each image as well
 */
export function fitFamiliarity(
  prototypes: Prototypes,
  rows: readonly Float32Array[],
  { size, values }: Features,
  detected?: readonly Float32Array[],
): { familiarity: Familiarity; measured: number[] } {
  const vectors = rows.map((_, i) => values.subarray(i * size, (i + 1) * size));
  const margins = detected?.map((logits, i) => nonDigitMargin(logits, argmax(rows[i])));
  const spreads = {
    logSumExpSpread: spreadBelow(rows.map(logSumExp)),
    distanceSpread: spreadAbove(rows.map((row, i) => distanceFrom(prototypes, argmax(row), vectors[i]))),
    ...(margins && {
      detector: { version: detectorWeights().version, marginSpread: spreadAbove(margins) },
    }),
  };
  const measured = rows.map((logits, i) =>
    familiarityOf({ prototypes, ...spreads }, { logits, features: vectors[i], detected: detected?.[i] }),
  );
  const threshold = at(sorted(measured), detected === undefined ? TAIL : DETECTOR_TAIL);
  return { familiarity: { prototypes, ...spreads, threshold }, measured };
}

/** From the median to the tail of the high values. */
function spreadAbove(values: readonly number[]): number {
  const ascending = sorted(values);
  return Math.max(MIN_SPREAD, at(ascending, 1 - TAIL) - at(ascending, 0.5));
}

function spreadBelow(values: readonly number[]): number {
  return spreadAbove(values.map((value) => -value));
}

/** Values in ascending order. */
export function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/** The value at a quantile, from 0 to 1, of sorted values. */
export function at(values: Float64Array, quantile: number): number {
  return values[Math.min(values.length - 1, Math.floor(quantile * values.length))];
}
