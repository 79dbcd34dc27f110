/** Replaces `detector.ts` in bundles for browsers: most pages need neither the detector's code nor its weights, which are larger. */
import { InklingError } from '../../core/errors.js';
import { parseDetector } from './detectorText.js';
import type { DetectDigit, DetectorWeights } from './digitDetector.js';

let loaded: DetectorWeights | undefined;
let detect: DetectDigit | undefined;

/** In worker scripts, which are one file without the weights, the page must have sent them. */
export async function loadDetector(): Promise<DetectorWeights> {
  if (loaded === undefined) {
    const { default: text } = await import('inkling:detector');
    loaded = parseDetector(text);
  }
  if (detect === undefined) {
    const { digitDetector } = await import('./digitDetector.js');
    detect = digitDetector(loaded);
  }
  return loaded;
}

export function useDetector(weights: DetectorWeights): void {
  loaded = weights;
}

export function detectorWeights(): DetectorWeights {
  if (loaded !== undefined) return loaded;
  throw notLoaded();
}

export function detectDigit(pixels: Float32Array): Float32Array {
  if (detect !== undefined) return detect(pixels);
  throw notLoaded();
}

function notLoaded(): InklingError {
  return new InklingError(
    'digit detector: expected it to be loaded before predictions are judged; create the `CompiledModel` of the calibrated model first',
  );
}
