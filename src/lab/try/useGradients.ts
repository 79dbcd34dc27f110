import { useMemo } from 'preact/hooks';
import { InputGradients, type SavedModel } from '#inkling/index.js';

/** What computes gradients with respect to the pixels, prepared when it is first needed. */
export function useGradients(saved: SavedModel): () => Promise<InputGradients> {
  return useMemo(() => {
    let created: Promise<InputGradients> | undefined;
    return () => (created ??= InputGradients.create(saved));
  }, [saved]);
}
