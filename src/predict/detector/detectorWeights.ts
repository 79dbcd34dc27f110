import * as weights from './weights.js';

/** The weights of the digit detector, and their version. */
export type DetectorWeights = Pick<
  typeof weights,
  'DETECTOR_VERSION' | 'UNITS' | 'FIRST' | 'SECOND' | 'OUTPUT'
>;

let used: DetectorWeights = weights;

/** Loads the weights, without which `detectorWeights` fails in browsers. */
export function loadDetector(): Promise<DetectorWeights> {
  return Promise.resolve(used);
}

/** Uses weights that another thread has loaded. */
export function useDetector(loaded: DetectorWeights): void {
  used = loaded;
}

/** @throws {InklingError} in browsers, when they were not loaded */
export function detectorWeights(): DetectorWeights {
  return used;
}
