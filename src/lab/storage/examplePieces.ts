import * as z from 'zod/mini';
import { type Collection, EXAMPLE_KINDS, INPUTS } from '../data/collection.js';
import { LAB_SOURCE, type SplitExamples } from '../data/splitExamples.js';
import { SPLIT_NAMES } from '../data/splits.js';
import { sizeOf } from '../pixels.js';
import { bytesAt, decodePiece, encodePiece } from './piece.js';

const idSchema = z.int().check(z.minimum(0));
const nameSchema = z.string().check(z.minLength(1));

const collectionSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(EXAMPLE_KINDS),
  split: z.enum(SPLIT_NAMES),
  nextId: idSchema,
  classes: z.array(z.strictObject({ id: idSchema, name: nameSchema, examples: z.array(idSchema) })),
});

/** A collection with the pixels of its examples, one after another. */
export function encodeCollection({
  name,
  kind,
  split,
  nextId,
  classes,
}: Collection): Uint8Array<ArrayBuffer> {
  const examples = classes.flatMap((each) => each.examples);
  const pixels = new Uint8Array(examples.length * sizeOf(INPUTS[kind].shape));
  examples.forEach((example, i) => {
    pixels.set(example.pixels, i * example.pixels.length);
  });
  const json = {
    name,
    kind,
    split,
    nextId,
    classes: classes.map((each) => ({ ...each, examples: each.examples.map(({ id }) => id) })),
  };
  return encodePiece({ json, arrays: [pixels] });
}

/** @throws {Error} when it is not a collection */
export function decodeCollection(bytes: Uint8Array): Collection {
  const piece = decodePiece(bytes);
  const { classes, ...rest } = collectionSchema.parse(piece.json);
  const ids = classes.flatMap(({ id, examples }) => [id, ...examples]);
  if (new Set(ids).size !== ids.length || ids.some((id) => id >= rest.nextId))
    throw new Error('expected different ids of classes and examples in a saved collection');
  const size = sizeOf(INPUTS[rest.kind].shape);
  const count = ids.length - classes.length;
  const pixels = bytesAt(piece, 0, count * size);
  let next = 0;
  const pick = () => pixels.subarray(next * size, ++next * size);
  return {
    ...rest,
    classes: classes.map((each) => ({
      ...each,
      examples: each.examples.map((id) => ({ id, pixels: pick() })),
    })),
  };
}

const datasetSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(EXAMPLE_KINDS),
  classes: z.array(nameSchema),
  counts: z.strictObject({ train: idSchema, validation: idSchema, test: idSchema }),
});

/** A data set of the lab that the examples no longer are. */
export function encodeDataset(dataset: SplitExamples): Uint8Array<ArrayBuffer> {
  const { name, inputKind, classes, train, test, validationCount } = dataset;
  const json = {
    name,
    kind: EXAMPLE_KINDS.find((kind) => INPUTS[kind].inputKind === inputKind),
    classes,
    counts: { train: train.labels.length, validation: validationCount, test: test.labels.length },
  };
  const arrays = [train, test].flatMap(({ images, labels }) => [images, Uint8Array.from(labels)]);
  return encodePiece({ json, arrays });
}

/** @throws {Error} when it is not a data set of the lab */
export function decodeDataset(bytes: Uint8Array): SplitExamples {
  const piece = decodePiece(bytes);
  const { name, kind, classes, counts } = datasetSchema.parse(piece.json);
  const { shape, inputKind } = INPUTS[kind];
  const setAt = (position: number, count: number) => {
    const labels = bytesAt(piece, position + 1, count);
    if (labels.some((label) => label >= classes.length))
      throw new Error('expected labels of its classes in a saved data set');
    return { images: bytesAt(piece, position, count * sizeOf(shape)), labels };
  };
  if (counts.validation > counts.train)
    throw new Error('expected validation images among those of a saved data set');
  return {
    name,
    source: LAB_SOURCE,
    shape,
    classes,
    inputKind,
    train: setAt(0, counts.train),
    validationCount: counts.validation,
    test: setAt(2, counts.test),
  };
}
