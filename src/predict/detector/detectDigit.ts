import { decodeBytes } from '../../core/base64.js';
import { toUnitFloats } from '../../core/pixels.js';
import { argmax } from '../softmax.js';
import { detectorWeights } from './detectorWeights.js';
import { factorsOf, INPUTS, inputsOf } from './inputs.js';
import { type ByteLayer, byteLayer, denseLayer, type Layer } from './network.js';
import { DIGIT_PIXELS } from './orientations.js';

/** The logits of the ten digits and, last, of anything else. */
const CLASSES = 11;
const NONE = CLASSES - 1;
/** The detector judges a model if it recognizes at least this share of the validation images. */
const MIN_RECOGNIZED = 0.9;

interface Network {
  readonly factors: Float32Array;
  readonly first: ByteLayer;
  readonly second: Layer;
  readonly output: Layer;
}

let network: Network | undefined;

/**
 * Whether an image shows a digit at all, whatever model classifies it: a network with two hidden layers on the orientations
 * and crossings of strokes, trained on digits and on random shapes. Source: Hendrycks et al., "Deep Anomaly Detection with Outlier
 * Exposure", ICLR 2019.
 *
 * @param pixels `[28, 28]`, a digit input from 0 to 1
 * @returns `[11]` logits: of the digits 0 to 9, and of anything else
 */
export function detectDigit(pixels: Float32Array): Float32Array {
  network ??= decode();
  const { factors, first, second, output } = network;
  return Float32Array.from(output(rectified(second(rectified(first(inputsOf(pixels, factors)))))));
}

function decode(): Network {
  const { units, first, second, output } = detectorWeights();
  return {
    factors: factorsOf(decodeBytes(units)),
    first: byteLayer(first, INPUTS),
    second: denseLayer(second, first.biases.length),
    output: denseLayer(output, second.biases.length),
  };
}

function rectified(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]);
  return values;
}

/**
 * How much more an image looks like anything else than like the predicted digit.
 *
 * @param detected the logits of `detectDigit`
 */
export function nonDigitMargin(detected: Float32Array, predicted: number): number {
  return detected[NONE] - detected[predicted];
}

/**
 * What the detector finds in labeled images, if they are digits and each has its own value as label, so that it can judge a
 * model that classifies such images.
 *
 * @param images `[count, 28, 28]`, from 0 to 255
 * @returns the logits of `detectDigit` for each image; undefined if it does not recognize at least 90 % of them
 */
export function detectIfDigits(images: Uint8Array, labels: Uint8Array): Float32Array[] | undefined {
  const size = images.length / labels.length;
  if (size !== DIGIT_PIXELS) return undefined;
  const detected = Array.from(labels, (_, i) =>
    detectDigit(toUnitFloats(images.subarray(i * size, (i + 1) * size))),
  );
  const recognized = detected.filter((logits, i) => argmax(logits.subarray(0, NONE)) === labels[i]);
  return recognized.length >= MIN_RECOGNIZED * detected.length ? detected : undefined;
}
