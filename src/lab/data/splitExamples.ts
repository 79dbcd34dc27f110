import type { DatasetSource, LoadedDataset } from '#inkling/index.js';
import { type Collection, INPUTS, usedClasses } from './collection.js';
import { type Part, partOf } from './splits.js';

/** Where all examples come from. */
export const LAB_SOURCE: DatasetSource = {
  kind: 'files',
  location: 'the lab',
  verified: false,
  sha256: {},
};

/** A data set with its parts. */
export interface SplitExamples extends LoadedDataset {
  readonly validationCount: number;
}

/** The number of images that a network learns from. */
export function countTraining({ train, validationCount }: SplitExamples): number {
  return train.labels.length - validationCount;
}

/** Divides the examples of each class into those for training, validation, and testing: always in the same way. */
export function splitExamples(collection: Collection): SplitExamples {
  const { shape, inputKind } = INPUTS[collection.kind];
  const validation = select(collection, 'validation');
  return {
    name: collection.name,
    source: LAB_SOURCE,
    shape,
    classes: usedClasses(collection).map(({ name }) => name),
    inputKind,
    train: setOf([...select(collection, 'train'), ...validation]),
    validationCount: validation.length,
    test: setOf(select(collection, 'test')),
  };
}

/** An image and its class. */
interface Labeled {
  readonly pixels: Uint8Array;
  readonly label: number;
}

function select(collection: Collection, part: Part): Labeled[] {
  return usedClasses(collection).flatMap(({ examples }, label) =>
    examples.filter((_, i) => partOf(i, collection.split) === part).map(({ pixels }) => ({ pixels, label })),
  );
}

/** Images and labels, one after another. */
export function setOf(examples: readonly Labeled[]) {
  const size = examples[0]?.pixels.length ?? 0;
  const images = new Uint8Array(examples.length * size);
  examples.forEach(({ pixels }, i) => {
    images.set(pixels, i * size);
  });
  return { images, labels: Uint8Array.from(examples, ({ label }) => label) };
}
