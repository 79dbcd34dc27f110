import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { InklingError } from '../core/errors.js';
import { nonNegativeInteger, positiveInteger, validate } from '../core/validate.js';
import { parseJson } from '../core/json.js';
import type { SavedTensor } from '../interop/dtypes.js';
import { decodeSafetensors } from '../interop/decodeSafetensors.js';
import { fromStateDict, trainedFromStateDict } from '../interop/torch/stateDict.js';
import type { Model } from '../models/model.js';
import type { Weights } from '../models/weights.js';
import { kindOf, readBytes } from '../platform/files.js';

/** Larger than any file of PyTorch's record. */
const LIMIT_BYTES = 2 ** 26;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The record of a seed. Hashes are SHA-256 of little-endian 32-bit integers. */
const recordSchema = z.object({
  seed: nonNegativeInteger,
  batch_size: positiveInteger,
  learning_rate: z.number().positive(),
  split: z.object({ train_sha256_u32le: hash, validation_sha256_u32le: hash }),
  /** Of the first steps. */
  step_losses: z.array(z.number()).min(10),
  epochs: z.array(z.object({ order_sha256_u32le: hash })).min(1),
  /** After the last epoch. */
  test: z.object({ correct: nonNegativeInteger, total: positiveInteger }),
});

export type GoldenRecord = Readonly<z.infer<typeof recordSchema>>;

/** What PyTorch computed with one seed; tensors are in the engine's layout. */
export interface Golden {
  readonly record: GoldenRecord;
  readonly initial: Weights;
  /** Of the first step. */
  readonly gradients: Weights;
  readonly afterTenSteps: Weights;
}

/**
 * Reads PyTorch's records in a folder, ordered by seed.
 *
 * @throws {InklingError} when there are none, or one is invalid
 */
export function readGoldenFolder(folder: string, model: Model): Golden[] {
  const names = kindOf(folder) === 'folder' ? readdirSync(folder) : [];
  const records = names
    .map((name) => /^(report-seed-\d+)\.json$/.exec(name)?.[1])
    .filter((name) => name !== undefined);
  if (records.length === 0) {
    throw new InklingError(`${folder}: expected PyTorch's records, such as report-seed-0.json, found none`);
  }
  return records
    .map((name) => readGolden(join(folder, name), model))
    .sort((a, b) => a.record.seed - b.record.seed);
}

function readGolden(path: string, model: Model): Golden {
  const json = `${path}.json`;
  const text = new TextDecoder().decode(readBytes(json, LIMIT_BYTES));
  const [initial, gradients, afterTenSteps] = ['init', 'grad1', 'step10'].map(
    (kind) => `${path}.${kind}.safetensors`,
  );
  return {
    record: validate(recordSchema, parseJson(text, json), json),
    initial: fromStateDict(model, tensorsOf(initial), initial).weights,
    gradients: trainedFromStateDict(model, tensorsOf(gradients), gradients),
    afterTenSteps: fromStateDict(model, tensorsOf(afterTenSteps), afterTenSteps).weights,
  };
}

function tensorsOf(file: string): ReadonlyMap<string, SavedTensor> {
  return decodeSafetensors(readBytes(file, LIMIT_BYTES), file).tensors;
}
