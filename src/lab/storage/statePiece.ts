import * as z from 'zod/mini';
import type { TrainingState } from '#inkling/index.js';
import { decodePiece, encodePiece, type NumberArray } from './piece.js';

export const epochSchema = z.strictObject({
  epoch: z.int().check(z.minimum(1)),
  trainLoss: z.number(),
  trainAccuracy: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
  seconds: z.number(),
  imagesPerSecond: z.number(),
  learningRate: z.number(),
});

const stateSchema = z.strictObject({
  epochs: z.array(epochSchema),
  batches: z.int().check(z.minimum(0)),
  tensors: z.array(z.string()),
  streams: z.array(z.string()),
});

/** What a training needs in order to continue. Its tensors come first, then its random number generators. */
export function encodeState({ epochs, batches, tensors, streams }: TrainingState): Uint8Array<ArrayBuffer> {
  const json = { epochs, batches, tensors: [...tensors.keys()], streams: [...streams.keys()] };
  return encodePiece({ json, arrays: [...tensors.values(), ...streams.values()] });
}

/** @throws {Error} when it is not the state of a training */
export function decodeState(bytes: Uint8Array): TrainingState {
  const { json, arrays } = decodePiece(bytes);
  const { epochs, batches, tensors, streams } = stateSchema.parse(json);
  if (arrays.length !== tensors.length + streams.length)
    throw new Error('expected an array for each name in a saved state of a training');
  return {
    epochs,
    batches,
    tensors: named(tensors, arrays.slice(0, tensors.length), isFloats),
    streams: named(streams, arrays.slice(tensors.length), isIntegers),
  };
}

function named<Kind extends NumberArray>(
  names: readonly string[],
  arrays: readonly NumberArray[],
  isKind: (array: NumberArray) => array is Kind,
): ReadonlyMap<string, Kind> {
  return new Map(
    names.map((name, i) => {
      const array = arrays[i];
      if (!isKind(array)) throw new Error(`expected numbers of another type for ${name} in a saved state`);
      return [name, array];
    }),
  );
}

function isFloats(array: NumberArray): array is Float32Array {
  return array instanceof Float32Array;
}

function isIntegers(array: NumberArray): array is Uint32Array {
  return array instanceof Uint32Array;
}
