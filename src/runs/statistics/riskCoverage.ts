import { type Point } from './curves.js';

/** What a classifier gains by not answering where its confidence is low. */
export interface RiskCoverage {
  /** The share of errors among the most confident predictions (y) against their share of all predictions (x). */
  readonly curve: readonly Point[];
  /** The mean of the shares of errors over all coverages, from one image to all. */
  readonly area: number;
}

/**
 * The risk-coverage curve. Predictions of the same confidence cannot be told apart: they count as if their errors were spread evenly
 * among them. Source: Geifman, Uziel, and El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers", ICLR 2019.
 *
 * @param confidences `[images]`
 * @param isCorrect of each
 */
export function riskCoverage(confidences: Float64Array, isCorrect: (image: number) => boolean): RiskCoverage {
  const order = Uint32Array.from(confidences.keys()).sort((a, b) => confidences[b] - confidences[a]);
  const curve: Point[] = [];
  let [area, errors, taken] = [0, 0, 0];
  while (taken < order.length) {
    const confidence = confidences[order[taken]];
    const [first, errorsBefore] = [taken, errors];
    for (; taken < order.length && confidences[order[taken]] === confidence; taken++) {
      if (!isCorrect(order[taken])) errors++;
    }
    for (let position = first + 1; position <= taken; position++) {
      const spread = ((errors - errorsBefore) * (position - first)) / (taken - first);
      area += (errorsBefore + spread) / position;
    }
    curve.push({ x: taken / order.length, y: errors / taken });
  }
  return { curve, area: area / order.length };
}
