import { useEffect, useState } from 'preact/hooks';
import type { Classifier, ImageInput } from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { inspect, type Inspection } from './inspect.js';

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
