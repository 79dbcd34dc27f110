import * as z from 'zod/mini';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { InklingError } from '../core/errors.js';
import { nonEmptyString, validate } from '../core/validate.js';
import { VERSION } from '../core/version.js';
import { defaultInputKind, INPUT_KINDS, type InputKind } from '../images/inputKind.js';
import { type Model, modelSchema } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { Weights } from '../models/weights.js';
import { parseJson } from '../core/json.js';
import { type Calibration, calibrationSchema, checkCalibration } from './calibrationRecord.js';
import { encodeSafetensors, type SafetensorsFile } from './safetensors.js';
import { fromStateDict, toStateDict } from './torch/stateDict.js';
import { type TrainingRecord, trainingRecordSchema } from './trainingRecord.js';

/** A trained model with everything that predictions need. */
export interface SavedModel {
  readonly model: Model;
  readonly weights: Weights;
  /** A name for each of the model's outputs. */
  readonly classes: readonly string[];
  /** The name of the data set it was trained on. */
  readonly dataset: string;
  /** What kind of input the model takes; `defaultInputKind` of its shape when absent. */
  readonly inputKind?: InputKind | undefined;
  /** Number of training batches in its running statistics. */
  readonly batches: number;
  /** Undefined if the model was not calibrated. */
  readonly calibration?: Calibration | undefined;
  /** Undefined for weights that were not trained by Inkling, or saved before training ended. */
  readonly training?: TrainingRecord | undefined;
}

/** A model without its weights, and what predictions need otherwise. */
export type ModelDefinition = Pick<SavedModel, 'model' | 'classes' | 'dataset' | 'inputKind'>;

/** Larger than any model that fits into the engine's memory. */
export const MAX_CHECKPOINT_BYTES = 2 ** 32;

/** The metadata entries that describe the model, in JSON. Earlier versions write and read only the first. */
const DEFINITION_KEY = 'inkling';
const CALIBRATION_KEY = 'inkling.calibration';
const TRAINING_KEY = 'inkling.training';

const preprocessingSchema = z.strictObject({ scale: z.literal('1/255') });

/** How a pixel from 0 to 255 becomes a model's input. */
export const PREPROCESSING: z.infer<typeof preprocessingSchema> = { scale: '1/255' };

const definitionSchema = z.strictObject({
  /** Version of the package that wrote it. */
  version: z.string(),
  model: modelSchema,
  classes: z.readonly(z.array(nonEmptyString)),
  dataset: z.string(),
  preprocessing: preprocessingSchema,
  inputKind: z.optional(z.enum(INPUT_KINDS)),
  /** In models saved by earlier versions, instead of `inputKind`. */
  pictureFit: z.optional(z.enum(['ink', 'whole'])),
});

const INPUT_KIND_OF_PICTURE_FIT = { ink: 'digit', whole: 'image' } as const;

/** A `ModelDefinition` as saved. */
export type SavedDefinition = z.infer<typeof definitionSchema>;

/** What kind of input a saved model takes, which models of earlier versions do not state. */
export function inputKindOfModel({ inputKind, model }: Pick<SavedModel, 'inputKind' | 'model'>): InputKind {
  return inputKind ?? defaultInputKind(model.input);
}

/**
 * Encodes a safetensors file that PyTorch loads as a `state_dict`, with the model's definition in its metadata.
 *
 * @throws {InklingError} if the weights or classes do not match the model
 */
export function encodeCheckpoint(saved: SavedModel): Uint8Array<ArrayBuffer> {
  checkArguments('encodeCheckpoint', { saved });
  const { model, weights, batches, calibration, training } = saved;
  return encodeSafetensors(toStateDict(model, weights, batches), {
    // Readers for PyTorch expect this entry.
    format: 'pt',
    [DEFINITION_KEY]: JSON.stringify(encodeDefinition(saved)),
    ...(calibration && { [CALIBRATION_KEY]: JSON.stringify(calibrationSchema.parse(calibration)) }),
    ...(training && { [TRAINING_KEY]: JSON.stringify(trainingRecordSchema.parse(training)) }),
  });
}

/** @throws {InklingError} if the classes do not match the model */
export function encodeDefinition({ model, classes, dataset, inputKind }: ModelDefinition): SavedDefinition {
  checkClasses(model, classes, model.name);
  return {
    version: VERSION,
    // Orders its members as in the schema: the same network has the same bytes, regardless of its origin.
    model: modelSchema.parse(model),
    classes,
    dataset,
    preprocessing: PREPROCESSING,
    ...(inputKind && { inputKind }),
  };
}

/**
 * The model in a safetensors file.
 *
 * @param who the file, for error messages
 * @throws {InklingError} if it lacks a definition, weights or classes that match
 */
export function savedModelOf({ tensors, metadata }: SafetensorsFile, who: string): SavedModel {
  if (!Object.hasOwn(metadata, DEFINITION_KEY)) {
    throw new InklingError(
      `${who}: expected a model saved by Inkling, got only weights; ` +
        'state their model with inkling import FILE --model NAME',
    );
  }
  const definition = decodeDefinition(parseJson(metadata[DEFINITION_KEY], `${who}: model definition`), who);
  const calibration = decodeEntry(metadata, CALIBRATION_KEY, calibrationSchema, `${who}: calibration`);
  if (calibration !== undefined) checkCalibration(calibration, definition.model, who);
  const training = decodeEntry(metadata, TRAINING_KEY, trainingRecordSchema, `${who}: training`);
  return {
    ...definition,
    ...fromStateDict(definition.model, tensors, who),
    ...(calibration && { calibration }),
    ...(training && { training }),
  };
}

/** An optional entry of the metadata. */
function decodeEntry<Schema extends z.ZodMiniType>(
  metadata: Readonly<Record<string, string>>,
  key: string,
  schema: Schema,
  what: string,
): z.output<Schema> | undefined {
  if (!Object.hasOwn(metadata, key)) return undefined;
  return validate(schema, parseJson(metadata[key], what), what);
}

/**
 * Inverse of `encodeDefinition`.
 *
 * @param who the file, for error messages
 * @throws {InklingError} if it is not a definition, or lacks classes that match the model
 */
export function decodeDefinition(value: unknown, who: string): ModelDefinition {
  const { model, classes, dataset, pictureFit, ...definition } = validate(
    definitionSchema,
    value,
    `${who}: model definition`,
  );
  checkClasses(model, classes, who);
  const inputKind = definition.inputKind ?? (pictureFit && INPUT_KIND_OF_PICTURE_FIT[pictureFit]);
  return { model, classes, dataset, ...(inputKind && { inputKind }) };
}

/**
 * The class names in the metadata of a safetensors file; undefined if there are none.
 *
 * @throws {InklingError} when the metadata are damaged
 */
export function classesOf(
  metadata: Readonly<Record<string, string>>,
  who: string,
): readonly string[] | undefined {
  if (!Object.hasOwn(metadata, DEFINITION_KEY)) return undefined;
  const what = `${who}: model definition`;
  return validate(definitionSchema, parseJson(metadata[DEFINITION_KEY], what), what).classes;
}

/** @throws {InklingError} unless there is one class name for each of the model's outputs */
export function checkClasses(model: Model, classes: readonly string[], who: string): void {
  const { classes: outputs } = resolveModel(model);
  if (classes.length === outputs) return;
  throw new InklingError(
    `${who}: expected ${outputs} class names, one for each output of the model ${model.name}, got ${classes.length}`,
  );
}
