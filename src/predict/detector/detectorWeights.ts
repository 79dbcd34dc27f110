import { INPUTS } from './inputs.js';
import type { LayerWeights } from './network.js';
import { decodeWeights, type StoredLayer } from './storedLayer.js';
import { DETECTOR_VERSION, FIRST, OUTPUT, SECOND, UNITS } from './weights.js';

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

let used: DetectorWeights | undefined;

/** Loads the weights, without which `detectorWeights` fails in browsers. */
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

function decoded(layer: StoredLayer, inputs: number): LayerWeights {
  return { ...layer, weights: decodeWeights(layer.weights, inputs * layer.biases.length) };
}
