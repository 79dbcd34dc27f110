import { integerField, message } from '../../../interop/onnx/protobuf.js';
import { floatsValue } from './events.js';

/** How many thresholds a curve has, from 0 to 1: as many as TensorBoard's own summaries. */
const THRESHOLDS = 201;

/**
 * The precision and the recall of a class at all thresholds, as a value of a summary. Source: TensorBoard, `plugins/pr_curve/summary.py`.
 *
 * @param probabilities of the class, for each image
 * @param isPositive whether an image belongs to the class
 */
export function prCurveValue(
  tag: string,
  probabilities: readonly number[],
  isPositive: (image: number) => boolean,
): Uint8Array {
  const positives = new Float64Array(THRESHOLDS);
  const negatives = new Float64Array(THRESHOLDS);
  probabilities.forEach((probability, image) => {
    const bucket = Math.floor(probability * (THRESHOLDS - 1));
    (isPositive(image) ? positives : negatives)[bucket]++;
  });
  const [truePositives, falsePositives] = [positives, negatives].map(sumsFromEnd);
  const trueNegatives = falsePositives.map((count) => falsePositives[0] - count);
  const falseNegatives = truePositives.map((count) => truePositives[0] - count);
  const precision = truePositives.map((count, at) => count / Math.max(count + falsePositives[at], 1e-7));
  const recall = truePositives.map((count) => count / Math.max(truePositives[0], 1e-7));
  const rows = [truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall];
  const plugin = { name: 'pr_curves', content: message(integerField(2, THRESHOLDS)) };
  return floatsValue(tag, plugin, { shape: [rows.length, THRESHOLDS], values: rows.flat() });
}

/** For each index, the sum of the values from there on. */
function sumsFromEnd(values: Float64Array): number[] {
  const sums: number[] = [];
  let sum = 0;
  for (let index = values.length - 1; index >= 0; index--) {
    sum += values[index];
    sums.unshift(sum);
  }
  return sums;
}
