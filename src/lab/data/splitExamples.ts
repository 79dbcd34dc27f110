import type { LoadedDataset } from '#inkling/index.js';
import { type Collection, type ExampleClass, INPUTS, usedClasses } from './collection.js';

/** Of every five examples of a class, in order, one is for validation and one for testing. */
const CYCLE = 5;
const VALIDATION = 2;
const TEST = 4;

/** A data set with its parts. */
export interface SplitExamples extends LoadedDataset {
  readonly validationCount: number;
}

/** Divides the examples of each class into those for training, validation, and testing: always in the same way. */
export function splitExamples(collection: Collection): SplitExamples {
  const { shape, inputKind } = INPUTS[collection.kind];
  const classes = usedClasses(collection);
  const partOf = (matches: (position: number) => boolean) => select(classes, matches);
  const training = partOf((position) => position !== VALIDATION && position !== TEST);
  const validation = partOf((position) => position === VALIDATION);
  return {
    name: collection.name,
    source: { kind: 'files', location: 'the lab', verified: false, sha256: {} },
    shape,
    classes: classes.map(({ name }) => name),
    inputKind,
    train: setOf([...training, ...validation]),
    validationCount: validation.length,
    test: setOf(partOf((position) => position === TEST)),
  };
}

interface Labeled {
  readonly pixels: Uint8Array;
  readonly label: number;
}

function select(classes: readonly ExampleClass[], matches: (position: number) => boolean): Labeled[] {
  return classes.flatMap(({ examples }, label) =>
    examples.filter((_, i) => matches(i % CYCLE)).map(({ pixels }) => ({ pixels, label })),
  );
}

function setOf(examples: readonly Labeled[]) {
  const size = examples[0]?.pixels.length ?? 0;
  const images = new Uint8Array(examples.length * size);
  examples.forEach(({ pixels }, i) => {
    images.set(pixels, i * size);
  });
  return { images, labels: Uint8Array.from(examples, ({ label }) => label) };
}
