import { decodeBytes } from '../../core/base64.js';
import { factorsOf, INPUTS, inputsOf } from './inputs.js';
import { byteLayer, denseLayer, type LayerWeights } from './network.js';

/** The weights of the digit detector. */
export interface DetectorWeights {
  /** The checksum of the weights. */
  readonly version: string;
  /** What orientations are divided by, as `unitsAsBytes` returns it, in Base64. */
  readonly units: string;
  readonly first: LayerWeights;
  readonly second: LayerWeights;
  readonly output: LayerWeights;
}

/**
 * @param pixels `[28, 28]`, a digit input from 0 to 1
 * @returns `[11]` logits: of the digits 0 to 9, and of anything else
 */
export type DetectDigit = (pixels: Float32Array) => Float32Array;

/**
 * What finds out whether an image shows a digit at all, whatever model classifies it: a network with two hidden layers on the
 * orientations and crossings of strokes, trained on digits and on random shapes. Source: Hendrycks et al., "Deep Anomaly Detection with
 * Outlier Exposure", ICLR 2019.
 */
export function digitDetector(weights: DetectorWeights): DetectDigit {
  const factors = factorsOf(decodeBytes(weights.units));
  const first = byteLayer(weights.first, INPUTS);
  const second = denseLayer(weights.second, weights.first.biases.length);
  const output = denseLayer(weights.output, weights.second.biases.length);
  return (pixels) =>
    Float32Array.from(output(rectified(second(rectified(first(inputsOf(pixels, factors)))))));
}

function rectified(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]);
  return values;
}
