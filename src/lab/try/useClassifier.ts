import { useEffect, useState } from 'preact/hooks';
import { Classifier, type SavedModel } from '#inkling/index.js';

/** The classifier of a trained model; undefined until it is ready. */
export function useClassifier(saved: SavedModel | undefined): Classifier | undefined {
  const [classifier, setClassifier] = useState<Classifier>();
  useEffect(() => {
    setClassifier(undefined);
    if (saved === undefined) return;
    let isCurrent = true;
    const created = Classifier.create(saved);
    void created.then((ready) => {
      if (isCurrent) setClassifier(ready);
    });
    return () => {
      isCurrent = false;
      void created.then((ready) => ready.close());
    };
  }, [saved]);
  return classifier;
}
