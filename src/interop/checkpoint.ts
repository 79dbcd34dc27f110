import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { validate } from '../core/validate.js';
import { VERSION } from '../core/version.js';
import type { InputKind } from '../images/inputKind.js';
import { type Model, modelSchema } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { Weights } from '../models/weights.js';
import { parseJson } from '../core/json.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { fromStateDict, toStateDict } from './torch/stateDict.js';

/** A trained model with all that a prediction needs. */
export interface SavedModel {
  readonly model: Model;
  readonly weights: Weights;
  /** A name for each of the model's outputs. */
  readonly classes: readonly string[];
  /** The name of the data set it was trained on. */
  readonly dataset: string;
  /** What kind of input the model takes; `defaultInputKind` of its shape when absent. */
  readonly inputKind?: InputKind | undefined;
  /** How many training batches its running statistics have seen. */
  readonly batches: number;
}

/** The metadata entry that says, in JSON, what the tensors are. */
const DEFINITION_KEY = 'inkling';

const preprocessingSchema = z.strictObject({ scale: z.literal('1/255') });

/** What turns a pixel from 0 to 255 into a model's input. */
export const PREPROCESSING: z.infer<typeof preprocessingSchema> = { scale: '1/255' };

const definitionSchema = z.strictObject({
  /** Of the package that wrote it. */
  version: z.string(),
  model: modelSchema,
  classes: z.array(z.string().min(1)).readonly(),
  dataset: z.string(),
  preprocessing: preprocessingSchema,
  inputKind: z.enum(['digit', 'image']).optional(),
  /** What models saved by earlier versions have instead of `inputKind`. */
  pictureFit: z.enum(['ink', 'whole']).optional(),
});

const INPUT_KIND_OF_PICTURE_FIT = { ink: 'digit', whole: 'image' } as const;

type Definition = z.infer<typeof definitionSchema>;

/**
 * The bytes of a safetensors file that PyTorch loads as a `state_dict`, with the model's definition in its metadata.
 *
 * @throws {InklingError} when weights or classes do not fit the model
 */
export function encodeCheckpoint(saved: SavedModel): Uint8Array {
  const { model, weights, classes, dataset, inputKind, batches } = saved;
  checkClasses(model, classes, model.name);
  const definition: Definition = {
    version: VERSION,
    // Its members in the schema's order: the same network has the same bytes, wherever it comes from.
    model: modelSchema.parse(model),
    classes,
    dataset,
    preprocessing: PREPROCESSING,
    ...(inputKind && { inputKind }),
  };
  return encodeSafetensors(toStateDict(model, weights, batches), {
    // Who reads safetensors for PyTorch looks for this.
    format: 'pt',
    [DEFINITION_KEY]: JSON.stringify(definition),
  });
}

/**
 * The reverse of `encodeCheckpoint`.
 *
 * @param who the file, to begin an error with
 * @throws {InklingError} when it is no valid safetensors file, holds no definition, or weights or classes that do not fit it
 */
export function decodeCheckpoint(bytes: Uint8Array, who: string): SavedModel {
  const { tensors, metadata } = decodeSafetensors(bytes, who);
  if (!Object.hasOwn(metadata, DEFINITION_KEY)) {
    throw new InklingError(
      `${who}: holds plain weights, expected a model saved by Inkling; ` +
        'name the model they belong to: inkling import FILE --model NAME',
    );
  }
  const what = `${who}: its definition of the model`;
  const { model, classes, dataset, pictureFit, ...definition } = validate(
    definitionSchema,
    parseJson(metadata[DEFINITION_KEY], what),
    what,
  );
  checkClasses(model, classes, who);
  const inputKind = definition.inputKind ?? (pictureFit && INPUT_KIND_OF_PICTURE_FIT[pictureFit]);
  return {
    model,
    classes,
    dataset,
    ...(inputKind && { inputKind }),
    ...fromStateDict(model, tensors, who),
  };
}

/** @throws {InklingError} unless there is a name for each of the model's outputs */
export function checkClasses(model: Model, classes: readonly string[], who: string): void {
  const { classes: outputs } = resolveModel(model);
  if (classes.length === outputs) return;
  throw new InklingError(
    `${who}: names ${classes.length} classes, expected ${outputs}, one for each output of the model ${model.name}`,
  );
}
