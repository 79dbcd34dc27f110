import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { validate } from '../core/validate.js';
import { VERSION } from '../core/version.js';
import { parseJson } from '../core/json.js';
import { decodeSafetensors, encodeSafetensors, type SavedTensor } from '../interop/safetensors.js';
import { epochRecordSchema } from '../train/epochRecord.js';
import type { TrainingState } from '../train/trainingState.js';

const historySchema = z.strictObject({
  /** How the run was asked for. */
  command: z.string(),
  /** Why the data set stands in for the one that was asked for. */
  note: z.string().optional(),
  /** The layer that started from new weights, where the run started from a network with other classes. */
  newHead: z.string().optional(),
  /** When it began, in ISO 8601. */
  startedAt: z.string(),
  /** When it was taken up again. */
  resumedAt: z.array(z.string()).readonly(),
  /** So long it took until now. */
  seconds: z.number(),
});

/** What became of a run, beside its training. */
export type RunHistory = Readonly<z.infer<typeof historySchema>>;

/** A training and what its run needs to go on. */
export interface SavedTraining {
  readonly state: TrainingState;
  readonly history: RunHistory;
  /** What tells its training images from others; see `fingerprintOf`. */
  readonly fingerprint: string;
}

const detailsSchema = z.strictObject({
  /** Of the package that wrote it: another may lay the tensors out otherwise. */
  version: z.string(),
  fingerprint: z.string(),
  history: historySchema,
  epochs: z.array(epochRecordSchema).readonly(),
});

/** The metadata entry that holds, in JSON, all that is no tensor. */
const DETAILS_KEY = 'inkling';
const STREAM_PREFIX = 'stream.';

/** The bytes of a safetensors file. */
export function encodeTraining({ state, history, fingerprint }: SavedTraining): Uint8Array {
  const { epochs } = state;
  const details: z.infer<typeof detailsSchema> = { version: VERSION, fingerprint, history, epochs };
  const tensors = new Map<string, SavedTensor>();
  for (const [name, values] of state.tensors)
    tensors.set(name, { dtype: 'F32', shape: [values.length], values });
  for (const [name, numbers] of state.streams) {
    const values = BigInt64Array.from(numbers, BigInt);
    tensors.set(`${STREAM_PREFIX}${name}`, { dtype: 'I64', shape: [values.length], values });
  }
  return encodeSafetensors(tensors, { [DETAILS_KEY]: JSON.stringify(details) });
}

/**
 * The reverse of `encodeTraining`.
 *
 * @param who the file, to begin an error with
 * @throws {InklingError} when it is damaged, or of another version
 */
export function decodeTraining(bytes: Uint8Array, who: string): SavedTraining {
  const file = decodeSafetensors(bytes, who);
  const json = parseJson(file.metadata[DETAILS_KEY] ?? '{}', who);
  const { version } = validate(z.looseObject({ version: z.string() }), json, who);
  if (version !== VERSION) {
    throw new InklingError(
      `${who}: Inkling ${version} wrote it, expected ${VERSION}; go on with that version, or train anew`,
    );
  }
  const { epochs, history, fingerprint } = validate(detailsSchema, json, who);
  const tensors = new Map<string, Float32Array>();
  const streams = new Map<string, Uint32Array>();
  for (const [name, { dtype, values }] of file.tensors) {
    if (dtype === 'F32') tensors.set(name, values);
    else streams.set(name.slice(STREAM_PREFIX.length), Uint32Array.from(values, Number));
  }
  return { state: { epochs, tensors, streams }, history, fingerprint };
}
