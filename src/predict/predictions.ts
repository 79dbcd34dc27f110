import { formatPercent, printable } from '../core/format.js';
import { messageOf } from '../core/errors.js';
import type { RankedClass } from './ranking.js';

/** What was read on a picture, or why nothing was. */
export type Prediction =
  | { readonly file: string; readonly error: string }
  | {
      readonly file: string;
      /** For each image: one, or one a digit of a number. */
      readonly images: readonly (readonly RankedClass[])[];
    };

/** What a network says of some images, or why there are none. */
export async function predictionOf(
  file: string,
  read: () => Promise<readonly (readonly RankedClass[])[]>,
): Promise<Prediction> {
  return read().then(
    (images) => ({ file, images }),
    (error: unknown) => ({ file, error: messageOf(error) }),
  );
}

/** The class of an image, or the digits of a number as one word. */
export function answerOf(images: readonly (readonly RankedClass[])[]): string {
  return images.map(([best]) => best.class).join('');
}

/** How likely the whole answer is right, were the images independent. */
export function confidenceOf(images: readonly (readonly RankedClass[])[]): number {
  return images.reduce((product, [best]) => product * best.confidence, 1);
}

/** `seven.png: 7 (99.87 %), then 1 (0.10 %)` */
export function describePrediction(file: string, images: readonly (readonly RankedClass[])[]): string {
  const name = printable(file);
  if (images.length > 1) {
    return `${name}: ${answerOf(images)} (${formatPercent(confidenceOf(images))})`;
  }
  const [best, ...others] = images[0].map(
    ({ class: label, confidence }) => `${label} (${formatPercent(confidence)})`,
  );
  return `${name}: ${[best, ...others].join(', then ')}`;
}

/** What a program reads. */
export function predictionResult(prediction: Prediction): object {
  if ('error' in prediction) return prediction;
  const { file, images } = prediction;
  const described = images.map((top) => ({ ...top[0], top }));
  if (described.length === 1) return { file, ...described[0] };
  return { file, number: answerOf(images), confidence: confidenceOf(images), digits: described };
}

/** A row a picture; see RFC 4180. */
export function predictionsCsv(predictions: readonly Prediction[], count: number): string {
  const ranks = Array.from({ length: count }, (_, i) => i + 1);
  const header = [
    'file',
    'error',
    ...ranks.flatMap((n) => (n === 1 ? ['class', 'confidence'] : [`class ${n}`, `confidence ${n}`])),
  ];
  const rows = predictions.map((prediction) => {
    if ('error' in prediction) return [prediction.file, prediction.error];
    const { file, images } = prediction;
    const cells =
      images.length > 1
        ? [answerOf(images), String(confidenceOf(images))]
        : images[0].flatMap(({ class: label, confidence }) => [label, String(confidence)]);
    return [file, '', ...cells];
  });
  return [header, ...rows]
    .map((row) => `${header.map((_, i) => csvCell(row.at(i) ?? '')).join(',')}\n`)
    .join('');
}

/** A cell of a table; see RFC 4180. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
