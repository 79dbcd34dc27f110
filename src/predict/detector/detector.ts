import { type DetectDigit, type DetectorWeights, digitDetector } from './digitDetector.js';
import { INPUTS } from './inputs.js';
import type { LayerWeights } from './network.js';
import { decodeWeights, type StoredLayer } from './storedLayer.js';
import { DETECTOR_VERSION, FIRST, OUTPUT, SECOND, UNITS } from './weights.js';

let used: DetectorWeights | undefined;
let detect: DetectDigit | undefined;

/** Loads the digit detector, without which `detectorWeights` and `detectDigit` fail in browsers. */
export function loadDetector(): Promise<DetectorWeights> {
  return Promise.resolve(detectorWeights());
}

/** Uses weights that another thread has loaded. */
export function useDetector(loaded: DetectorWeights): void {
  used = loaded;
}

/** @throws {InklingError} in browsers, when they were not loaded */
export function detectorWeights(): DetectorWeights {
  used ??= {
    version: DETECTOR_VERSION,
    units: UNITS,
    first: decoded(FIRST, INPUTS),
    second: decoded(SECOND, FIRST.biases.length),
    output: decoded(OUTPUT, SECOND.biases.length),
  };
  return used;
}

/**
 * Whether an image shows a digit at all; see `digitDetector`.
 *
 * @param pixels `[28, 28]`, a digit input from 0 to 1
 * @returns `[11]` logits: of the digits 0 to 9, and of anything else
 * @throws {InklingError} in browsers, when the detector was not loaded
 */
export function detectDigit(pixels: Float32Array): Float32Array {
  detect ??= digitDetector(detectorWeights());
  return detect(pixels);
}

function decoded(layer: StoredLayer, inputs: number): LayerWeights {
  return { ...layer, weights: decodeWeights(layer.weights, inputs * layer.biases.length) };
}
