import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { InklingError } from '../core/errors.js';
import { INPUT_KINDS } from '../images/inputKind.js';
import { checkClasses, classesOf, type ModelDefinition, type SavedModel } from './checkpoint.js';
import { decodeStateDict, type StateDictFile } from './decodeStateDict.js';
import { fromStateDict } from './torch/stateDict.js';

/** The model whose weights a file contains. */
export interface WeightsOptions extends Pick<ModelDefinition, 'model' | 'inputKind'> {
  /** A name for each of the model's outputs; by default those in the file, which files saved by Inkling contain. */
  readonly classes?: readonly string[] | undefined;
  /** The name of the data set that the model was trained on. */
  readonly dataset?: string | undefined;
  /** What errors call the file. */
  readonly source?: string | undefined;
}

const OPTIONS: OptionKinds<WeightsOptions> = {
  model: kinds.anything,
  inputKind: kinds.oneOf(INPUT_KINDS),
  classes: kinds.names,
  dataset: kinds.anything,
  source: kinds.text,
};

/** A model with the weights of a file. */
export interface ImportedModel extends SavedModel, Pick<StateDictFile, 'dictionary'> {}

/**
 * Decodes weights that were trained with PyTorch.
 *
 * @param bytes a safetensors file with the `state_dict` of the model, or a file of `torch.save` with it, also in a dictionary such as
 * `{'state_dict': …}`
 * @throws {InklingError} that lists all tensors that are missing, unexpected, or of another type or shape; or when there are no class
 *   names, or not one for each output
 */
export function decodeWeights(bytes: Uint8Array, options: WeightsOptions): ImportedModel {
  checkValues('decodeWeights', { bytes }, { bytes: kinds.bytes });
  checkOptions('decodeWeights', options, OPTIONS, '{ model, classes }');
  const { model, inputKind, dataset = '', source = 'weights' } = options;
  checkArguments('decodeWeights', { model });
  const { tensors, metadata, dictionary } = decodeStateDict(bytes, source);
  const classes = options.classes ?? classesOf(metadata, source);
  if (classes === undefined) {
    throw new InklingError(
      `${source}: expected class names, which files saved by Inkling contain, got none; pass them as classes`,
    );
  }
  checkClasses(model, classes, source);
  return { model, classes, dataset, inputKind, ...fromStateDict(model, tensors, source), dictionary };
}
