import { useEffect, useState } from 'preact/hooks';
import type { Classifier, ImageInput } from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { explain, type Explanation, inspect, type Inspection } from './inspect.js';

/** The prediction for an image, or why there is none; undefined without an image. */
export function useInspection(classifier: Classifier, image: ImageInput | undefined) {
  const [inspection, setInspection] = useState<Inspection | string>();
  useEffect(() => {
    if (image === undefined) {
      setInspection(undefined);
      return;
    }
    let isCurrent = true;
    inspect(classifier, image).then(
      (found) => {
        if (isCurrent) setInspection(found);
      },
      (error: unknown) => {
        if (isCurrent) setInspection(messageOf(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [classifier, image]);
  return inspection;
}

/** What explains a prediction; undefined until it is computed. */
export function useExplanation(
  classifier: Classifier,
  inspection: Inspection | undefined,
): Explanation | undefined {
  const [explanation, setExplanation] = useState<Explanation>();
  useEffect(() => {
    if (inspection === undefined) {
      setExplanation(undefined);
      return;
    }
    const abandon = new AbortController();
    // Without an explanation, the prediction is still shown.
    explain(classifier, inspection, abandon.signal).then(
      (found) => {
        if (!abandon.signal.aborted) setExplanation(found);
      },
      () => undefined,
    );
    return () => {
      abandon.abort();
    };
  }, [classifier, inspection]);
  return explanation;
}
