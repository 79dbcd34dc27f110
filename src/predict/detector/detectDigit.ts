import { decodeBytes } from '../../core/base64.js';
import { detectorWeights } from './detectorWeights.js';
import { factorsOf, INPUTS, inputsOf } from './inputs.js';
import { type ByteLayer, byteLayer, denseLayer, type Layer } from './network.js';

/** The logits of the ten digits and, last, of anything else. */
const CLASSES = 11;
export const NONE = CLASSES - 1;

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
