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
  /** Of the cross-fitting, whose logits are the last array. */
  best: z.optional(z.array(z.strictObject({ validationLoss: z.number(), validationAccuracy: z.number() }))),
});

/** What a training needs in order to continue. Its tensors come first, then its random number generators. */
export function encodeState(state: TrainingState): Uint8Array<ArrayBuffer> {
  const { epochs, batches, tensors, streams, crossFit } = state;
  const names = { tensors: [...tensors.keys()], streams: [...streams.keys()] };
  const json = { epochs, batches, ...names, ...(crossFit && { best: crossFit.best }) };
  const logits = crossFit ? [crossFit.logits] : [];
  return encodePiece({ json, arrays: [...tensors.values(), ...streams.values(), ...logits] });
}

/** @throws {Error} when it is not the state of a training */
export function decodeState(bytes: Uint8Array): TrainingState {
  const { json, arrays } = decodePiece(bytes);
  const { epochs, batches, tensors, streams, best } = stateSchema.parse(json);
  const named = tensors.length + streams.length;
  if (arrays.length !== named + Number(best !== undefined))
    throw new Error('expected an array for each name in a saved state of a training');
  return {
    epochs,
    batches,
    tensors: byName(tensors, arrays.slice(0, tensors.length), isFloats),
    streams: byName(streams, arrays.slice(tensors.length, named), isIntegers),
    ...(best && { crossFit: { best, logits: ofKind(arrays[named], isFloats, 'the cross-fitting') } }),
  };
}

function byName<Kind extends NumberArray>(
  names: readonly string[],
  arrays: readonly NumberArray[],
  isKind: (array: NumberArray) => array is Kind,
): ReadonlyMap<string, Kind> {
  return new Map(names.map((name, i) => [name, ofKind(arrays[i], isKind, name)]));
}

function ofKind<Kind extends NumberArray>(
  array: NumberArray,
  isKind: (array: NumberArray) => array is Kind,
  name: string,
): Kind {
  if (isKind(array)) return array;
  throw new Error(`expected numbers of another type for ${name} in a saved state`);
}

function isFloats(array: NumberArray): array is Float32Array {
  return array instanceof Float32Array;
}

function isIntegers(array: NumberArray): array is Uint32Array {
  return array instanceof Uint32Array;
}
