import { toUnitFloats } from '../../core/pixels.js';
import { detectDigit } from '../detector/detector.js';
import { NONE } from '../detector/logits.js';
import { DIGIT_PIXELS } from '../detector/orientations.js';
import { argmax } from '../softmax.js';
import type { Labels } from '../../data/classes.js';

/** The detector judges a model if it recognizes at least this share of the validation images. */
const MIN_RECOGNIZED = 0.9;

/**
 * What the detector finds in labeled images, if they are digits and each has its own value as label, so that it can judge a
 * model that classifies such images.
 *
 * @param images `[count, 28, 28]`, from 0 to 255
 * @returns the logits of `detectDigit` for each image; undefined if it does not recognize at least 90 % of them
 */
export function detectIfDigits(images: Uint8Array, labels: Labels): Float32Array[] | undefined {
  const size = images.length / labels.length;
  if (size !== DIGIT_PIXELS) return undefined;
  const detected = Array.from(labels, (_, i) =>
    detectDigit(toUnitFloats(images.subarray(i * size, (i + 1) * size))),
  );
  const recognized = detected.filter((logits, i) => argmax(logits.subarray(0, NONE)) === labels[i]);
  return recognized.length >= MIN_RECOGNIZED * detected.length ? detected : undefined;
}
