/** Replaces `detectorWeights.ts` in bundles for browsers: most pages do not need the weights, which are larger than their code. */
import { InklingError } from '../../core/errors.js';
import { parseDetector } from './detectorText.js';
import type { DetectorWeights } from './detectorWeights.js';

let loaded: DetectorWeights | undefined;

/** Not for worker scripts, which are one file without the weights: the page sends them. */
export async function loadDetector(): Promise<DetectorWeights> {
  if (loaded === undefined) {
    const { default: text } = await import('inkling:detector');
    loaded = parseDetector(text);
  }
  return loaded;
}

export function useDetector(weights: DetectorWeights): void {
  loaded = weights;
}

export function detectorWeights(): DetectorWeights {
  if (loaded !== undefined) return loaded;
  throw new InklingError(
    'digit detector: expected its weights to be loaded before predictions are judged; create the `CompiledModel` of the calibrated model first',
  );
}
