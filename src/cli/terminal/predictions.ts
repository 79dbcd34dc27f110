import { formatPercent } from '../../core/format.js';
import { type Doubt, reasonsText } from '../../predict/doubt.js';
import { confidenceOf, doubtOf, labelOf, type Prediction } from '../../predict/predictions.js';

/** `seven.png: 7 (99.87 %), then 1 (0.10 %)` */
export function formatPrediction(file: string, images: readonly Prediction[]): string {
  const [{ top }] = images;
  const [best, ...others] =
    images.length > 1
      ? [`${labelOf(images)} (${formatPercent(confidenceOf(images))})`]
      : top.map(({ class: label, confidence }) => `${label} (${formatPercent(confidence)})`);
  return `${file}: ${[best, ...others].join(', then ')}${formatDoubt(doubtOf(images))}`;
}

/** `; doubtful: …`, or nothing */
export function formatDoubt({ doubtful, reasons }: Doubt): string {
  return doubtful ? `; doubtful: ${reasonsText(reasons)}` : '';
}
