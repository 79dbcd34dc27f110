import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '#inkling/core/errors.js';
import type { Saliency } from '#inkling/explain/explainer.js';
import type { SaliencyMethod } from '#inkling/explain/methods.js';
import type { PageModel } from '../pageModel.js';
import type { DrawingPrediction } from './predictDrawing.js';

/**
 * Which pixels count for or against the predicted class, or why that is unknown.
 *
 * @param prediction undefined if there is none to explain
 * @returns undefined until it is computed
 */
export function useSaliency(
  model: PageModel,
  prediction: DrawingPrediction | undefined,
  method: SaliencyMethod,
): Saliency | string | undefined {
  const [saliency, setSaliency] = useState<Saliency | string>();
  useEffect(() => {
    setSaliency(undefined);
    if (!prediction) return;
    const abandon = new AbortController();
    const { signal } = abandon;
    const label = model.classes[prediction.ranking[0]];
    model.saliencyOf(prediction.pixels, { method, label }, signal).then(
      (computed) => {
        if (!signal.aborted) setSaliency(computed);
      },
      (error: unknown) => {
        if (!signal.aborted) setSaliency(messageOf(error));
      },
    );
    return () => {
      abandon.abort();
    };
  }, [model, prediction, method]);
  return saliency;
}
