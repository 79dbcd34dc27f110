import { useEffect, useRef, useState } from 'preact/hooks';
import type { Classification, Classifier, InputGradients } from '#inkling/index.js';
import { messageOf } from '../../../components/format.js';
import type { Inspection } from '../inspect.js';
import { type Change, smallestChange } from './smallestChange.js';

/** A search for a change of an image, and its result. */
export type Search =
  | { readonly state: 'searching' | 'none'; readonly target: string }
  | { readonly state: 'failed'; readonly target: string; readonly problem: string }
  | {
      readonly state: 'found';
      readonly target: string;
      readonly change: Change;
      /** What the network says about the changed image. */
      readonly classification: Classification;
    };

/** Searches for a change of an image when it is asked to; the result is forgotten when the image changes. */
export function useChange(
  classifier: Classifier,
  gradients: () => Promise<InputGradients>,
  inspection: Inspection,
) {
  const [search, setSearch] = useState<Search>();
  const current = useRef(new AbortController());
  useEffect(() => {
    setSearch(undefined);
    return () => {
      current.current.abort();
    };
  }, [classifier, inspection]);

  const find = async (target: string, signal: AbortSignal): Promise<Search> => {
    const { labels, shape } = classifier;
    const attacked = { classifier, gradients: await gradients() };
    const change = await smallestChange(attacked, inspection.pixels, labels.indexOf(target), signal);
    if (change === undefined) return { state: 'none', target };
    const image = { pixels: change.pixels, shape };
    return { state: 'found', target, change, classification: await classifier.classify(image) };
  };
  const start = (target: string) => {
    current.current.abort();
    const { signal } = (current.current = new AbortController());
    setSearch({ state: 'searching', target });
    const finish = (found: Search) => {
      if (!signal.aborted) setSearch(found);
    };
    find(target, signal).then(finish, (error: unknown) => {
      finish({ state: 'failed', target, problem: messageOf(error) });
    });
  };
  return { search, start };
}
