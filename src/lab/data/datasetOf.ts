import { type Collection, isReady } from './collection.js';
import { type SplitExamples, splitExamples } from './splitExamples.js';

const datasets = new WeakMap<Collection, SplitExamples>();

/** The data set of a collection, always the same object; undefined while there are not enough examples. */
export function datasetOf(collection: Collection): SplitExamples | undefined {
  if (!isReady(collection)) return undefined;
  const dataset = datasets.get(collection) ?? splitExamples(collection);
  datasets.set(collection, dataset);
  return dataset;
}
