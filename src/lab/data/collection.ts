import type { InputKind, Shape } from '#inkling/index.js';
import type { SplitName } from './splits.js';

/** What examples can be: drawings and other dark ink on light paper, or photos, which pretrained networks need larger. */
export const EXAMPLE_KINDS = ['drawing', 'photo', 'largePhoto'] as const;

export type ExampleKind = (typeof EXAMPLE_KINDS)[number];

/** How images of each kind become the input of a network. */
export const INPUTS: Readonly<Record<ExampleKind, { readonly shape: Shape; readonly inputKind: InputKind }>> =
  {
    drawing: { shape: [28, 28, 1], inputKind: 'digit' },
    photo: { shape: [32, 32, 3], inputKind: 'image' },
    // Half of the sides that published networks were trained with: a quarter of the time and of the memory.
    largePhoto: { shape: [128, 128, 3], inputKind: 'photo' },
  };

/** An image, prepared for the network. */
export interface Example {
  /** Unique in its collection. */
  readonly id: number;
  /** `[height, width, channels]`, from 0 to 255 */
  readonly pixels: Uint8Array;
}

export interface ExampleClass {
  readonly id: number;
  /** Unique in its collection, and not empty. */
  readonly name: string;
  readonly examples: readonly Example[];
}

/** The examples of a user, by class. Changes return a new collection, so that each can be undone. */
export interface Collection {
  readonly name: string;
  readonly kind: ExampleKind;
  readonly classes: readonly ExampleClass[];
  /** How the examples are divided. */
  readonly split: SplitName;
  /** The id of the next example or class. */
  readonly nextId: number;
}

/** Images of one class. */
export interface NamedExamples {
  readonly name: string;
  readonly images: readonly Uint8Array[];
}

/** A class with fewer examples cannot be divided into those for training, validation, and testing. */
export const MIN_EXAMPLES = 5;
/** A network that tells fewer classes apart has nothing to learn. */
export const MIN_CLASSES = 2;
/** Each has a card with its examples: more would make the page slow. The library itself takes 1,024. */
export const MAX_CLASSES = 256;

export function emptyCollection(
  kind: ExampleKind,
  classNames: readonly string[],
  split: SplitName = '60-20-20',
): Collection {
  const start: Collection = { name: 'my examples', kind, classes: [], split, nextId: 0 };
  return addExamples(
    start,
    classNames.map((name) => ({ name, images: [] })),
  );
}

/** Adds images to the classes of these names, and classes that are missing. */
export function addExamples(collection: Collection, groups: readonly NamedExamples[]): Collection {
  let { classes, nextId } = collection;
  for (const { name, images } of groups) {
    if (!classes.some((each) => each.name === name)) {
      classes = [...classes, { id: nextId++, name, examples: [] }];
    }
    const added = images.map((pixels) => ({ id: nextId++, pixels }));
    classes = classes.map((each) =>
      each.name === name ? { ...each, examples: [...each.examples, ...added] } : each,
    );
  }
  return { ...collection, classes, nextId };
}

/** Renames a class, unless the name is empty or that of another. */
export function renameClass(collection: Collection, id: number, name: string): Collection {
  const trimmed = name.trim();
  if (trimmed === '' || collection.classes.some((each) => each.name === trimmed)) return collection;
  return {
    ...collection,
    classes: collection.classes.map((each) => (each.id === id ? { ...each, name: trimmed } : each)),
  };
}

/** The names that classes have until they are renamed. */
interface DefaultNames {
  readonly classNames: readonly string[];
  readonly newClass: (n: number) => string;
}

/** The collection with the default names of another language; what was renamed keeps its name. */
export function translateNames(collection: Collection, from: DefaultNames, to: DefaultNames): Collection {
  const numbers = Array.from({ length: MAX_CLASSES }, (_, i) => i + 1);
  const known = [...from.classNames, ...numbers.map(from.newClass)];
  const translated = [...to.classNames, ...numbers.map(to.newClass)];
  const classes = collection.classes.map((each) => ({
    ...each,
    name: known.includes(each.name) ? translated[known.indexOf(each.name)] : each.name,
  }));
  return new Set(classes.map(({ name }) => name)).size < classes.length
    ? collection
    : { ...collection, classes };
}

export function removeClass(collection: Collection, id: number): Collection {
  return { ...collection, classes: collection.classes.filter((each) => each.id !== id) };
}

export function removeExample(collection: Collection, id: number): Collection {
  const classes = collection.classes.map((each) => ({
    ...each,
    examples: each.examples.filter((example) => example.id !== id),
  }));
  return { ...collection, classes };
}

/** Moves an example to the end of another class. */
export function moveExample(collection: Collection, id: number, classId: number): Collection {
  const example = collection.classes.flatMap(({ examples }) => examples).find((each) => each.id === id);
  if (example === undefined) return collection;
  const { classes, ...rest } = removeExample(collection, id);
  return {
    ...rest,
    classes: classes.map((each) =>
      each.id === classId ? { ...each, examples: [...each.examples, example] } : each,
    ),
  };
}

/** The collection with the first examples of each class only, as many as the smallest one has. */
export function balance(collection: Collection): Collection {
  const size = Math.min(...usedClasses(collection).map(({ examples }) => examples.length));
  return {
    ...collection,
    classes: collection.classes.map((each) => ({ ...each, examples: each.examples.slice(0, size) })),
  };
}

/** The classes that a network learns: those with examples. */
export function usedClasses({ classes }: Collection): readonly ExampleClass[] {
  return classes.filter(({ examples }) => examples.length > 0);
}

export function countExamples({ classes }: Collection): number {
  return classes.reduce((sum, { examples }) => sum + examples.length, 0);
}

/** Whether there are enough classes, each with enough examples, to train. */
export function isReady(collection: Collection): boolean {
  const used = usedClasses(collection);
  return used.length >= MIN_CLASSES && used.every(({ examples }) => examples.length >= MIN_EXAMPLES);
}
