import { z } from 'zod';
import type { Features } from './features.js';
import { distanceFrom, type Prototypes, prototypesSchema } from './prototypes.js';
import { argmax, logSumExp } from './softmax.js';

/** The share of the validation images that are out of distribution, and the quantile that spreads are measured to. */
export const TAIL = 0.02;
const MIN_SPREAD = 1e-6;

/** How to judge whether an image resembles the training images. */
export const familiaritySchema = z.object({
  prototypes: prototypesSchema,
  /** From the median to the 2 % tail of the validation images: of the log-sum-exps and of the distances. */
  logSumExpSpread: z.number().positive(),
  distanceSpread: z.number().positive(),
  /** An image with a lower familiarity is out of distribution. */
  threshold: z.number(),
});

export type Familiarity = Readonly<z.infer<typeof familiaritySchema>>;

/**
 * The familiarity of an image: the log-sum-exp of its logits, minus the squared distance of its features from the nearest
 * prototype of the predicted class, each in units of its spread over the validation images. Sources: Liu et al.,
 * "Energy-based Out-of-distribution Detection", NeurIPS 2020; Sun et al., "Out-of-Distribution Detection with Deep Nearest
 * Neighbors", ICML 2022, with the means of k-means instead of all training images.
 *
 * @param logits `[classes]`
 * @param features `[size]`
 */
export function familiarityOf(
  { prototypes, logSumExpSpread, distanceSpread }: Omit<Familiarity, 'threshold'>,
  logits: Float32Array,
  features: Float32Array,
): number {
  const distance = distanceFrom(prototypes, argmax(logits), features);
  return logSumExp(logits) / logSumExpSpread - distance / distanceSpread;
}

/**
 * Measures the familiarity of the validation images.
 *
 * @param rows the logits of each image, `[classes]`
 * @param features of the same images
 * @returns the familiarity of each image as well
 */
export function fitFamiliarity(
  prototypes: Prototypes,
  rows: readonly Float32Array[],
  { size, values }: Features,
): { familiarity: Familiarity; measured: number[] } {
  const vectors = rows.map((_, i) => values.subarray(i * size, (i + 1) * size));
  const sums = sorted(rows.map(logSumExp));
  const distances = sorted(rows.map((row, i) => distanceFrom(prototypes, argmax(row), vectors[i])));
  const spreads = {
    logSumExpSpread: Math.max(MIN_SPREAD, at(sums, 0.5) - at(sums, TAIL)),
    distanceSpread: Math.max(MIN_SPREAD, at(distances, 1 - TAIL) - at(distances, 0.5)),
  };
  const measured = rows.map((row, i) => familiarityOf({ prototypes, ...spreads }, row, vectors[i]));
  const threshold = at(sorted(measured), TAIL);
  return { familiarity: { prototypes, ...spreads, threshold }, measured };
}

/** Values in ascending order. */
export function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/** The value at a quantile, from 0 to 1, of sorted values. */
export function at(values: Float64Array, quantile: number): number {
  return values[Math.min(values.length - 1, Math.floor(quantile * values.length))];
}
