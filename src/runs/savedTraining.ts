import * as z from 'zod';
import { option } from '../core/optionName.js';
import { InklingError, messageOf } from '../core/errors.js';
import { nonNegativeInteger, validate } from '../core/validate.js';
import { VERSION } from '../core/version.js';
import { parseJson } from '../core/json.js';
import { checkFinite, encodeSafetensors, type SafetensorsFile } from '../interop/safetensors.js';
import { decodeSafetensors } from '../interop/decodeSafetensors.js';
import type { SavedTensor } from '../interop/dtypes.js';
import { decodeDefinition, encodeDefinition, type ModelDefinition } from '../interop/checkpoint.js';
import { epochRecordSchema } from '../train/epochRecord.js';
import type { CrossFitState } from '../train/state/crossFit.js';
import type { TrainingState } from '../train/state/trainingState.js';
import { type Fingerprint, fingerprintSchema } from './runSummary.js';
import { usedDevicesSchema } from '../train/device/usedDevices.js';

const historySchema = z.strictObject({
  /** The command line, or a description of the caller. */
  command: z.string(),
  /** Why another data set is used than the requested one. */
  note: z.string().optional(),
  /** The last layer, if it was re-initialized because the classes differ from those of the fine-tuned model. */
  newHead: z.string().optional(),
  /** When the run began, in ISO 8601. */
  startedAt: z.string(),
  /** When it was resumed. */
  resumedAt: z.array(z.string()).readonly(),
  /** The total duration so far. */
  seconds: z.number(),
  /** Absent if only the CPU has trained, without a choice. */
  devices: z.optional(usedDevicesSchema),
});

/** The history of a run, which its summary states. */
export type RunHistory = Readonly<z.infer<typeof historySchema>>;

/** The state from which a run is resumed. */
export interface SavedTraining {
  readonly state: TrainingState;
  /** The model that is trained. */
  readonly definition: ModelDefinition;
  readonly history: RunHistory;
  /** Identifies its images. */
  readonly fingerprint: Fingerprint;
}

const detailsSchema = z.strictObject({
  /** The version of the package that wrote the file: others may use another layout. */
  version: z.string(),
  definition: z.unknown(),
  fingerprint: fingerprintSchema,
  history: historySchema,
  batches: nonNegativeInteger,
  epochs: z.array(epochRecordSchema).readonly(),
  /** Of the cross-fitting, whose logits are a tensor. */
  best: z
    .array(z.strictObject({ validationLoss: z.number(), validationAccuracy: nonNegativeInteger }))
    .readonly()
    .optional(),
});

/** The metadata entry with everything that is not a tensor, as JSON. */
const DETAILS_KEY = 'inkling';
const STREAM_PREFIX = 'stream.';
const LOGITS = 'crossFit.logits';

/** The bytes of a safetensors file. */
export function encodeTraining({ state, definition, history, fingerprint }: SavedTraining): Uint8Array {
  const { epochs, batches, crossFit } = state;
  const details: z.infer<typeof detailsSchema> = {
    version: VERSION,
    definition: encodeDefinition(definition),
    fingerprint,
    history,
    batches,
    epochs,
    best: crossFit?.best,
  };
  const tensors = new Map<string, SavedTensor>();
  for (const [name, values] of state.tensors) tensors.set(name, floats(values));
  if (crossFit !== undefined) tensors.set(LOGITS, floats(crossFit.logits));
  for (const [name, numbers] of state.streams) {
    const values = BigInt64Array.from(numbers, BigInt);
    tensors.set(`${STREAM_PREFIX}${name}`, { dtype: 'I64', shape: [values.length], values });
  }
  return encodeSafetensors(tensors, { [DETAILS_KEY]: JSON.stringify(details) });
}

/**
 * The inverse of `encodeTraining`.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when the file is damaged, or was written by another version
 */
export function decodeTraining(bytes: Uint8Array, who: string): SavedTraining {
  const file = decodeState(bytes, who);
  const json = parseJson(file.metadata[DETAILS_KEY] ?? '{}', who);
  const { version } = validate(z.looseObject({ version: z.string() }), json, who);
  if (version !== VERSION) {
    throw new InklingError(
      `${who}: expected a file of Inkling ${VERSION}, got one of ${version}; use that version, or start a new run`,
    );
  }
  const { epochs, batches, history, fingerprint, best, ...details } = validate(detailsSchema, json, who);
  const tensors = new Map<string, Float32Array>();
  const streams = new Map<string, Uint32Array>();
  for (const [name, { dtype, values }] of file.tensors) {
    if (dtype === 'F32') tensors.set(name, values);
    else streams.set(name.slice(STREAM_PREFIX.length), Uint32Array.from(values, Number));
  }
  const definition = decodeDefinition(details.definition, who);
  const logits = tensors.get(LOGITS);
  tensors.delete(LOGITS);
  const crossFit: CrossFitState | undefined = best && logits && { best, logits };
  return { state: { epochs, batches, tensors, streams, crossFit }, definition, history, fingerprint };
}

function floats(values: Float32Array): SavedTensor {
  return { dtype: 'F32', shape: [values.length], values };
}

function decodeState(bytes: Uint8Array, who: string): SafetensorsFile {
  try {
    const file = decodeSafetensors(bytes, who);
    checkFinite(file.tensors, who);
    return file;
  } catch (error) {
    throw new InklingError(
      `${messageOf(error)}; without a copy, start a new run from the best weights of this one with ${option('initFrom')}`,
      { cause: error },
    );
  }
}
