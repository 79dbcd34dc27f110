import { backboneNames } from '../../backbones/backboneNames.js';
import { backboneInput } from '../../backbones/loadBackbone.js';
import { classesOf, MAX_CHECKPOINT_BYTES, type SavedModel } from '../../interop/checkpoint.js';
import { decodeStateDict } from '../../interop/decodeStateDict.js';
import type { SavedTensor } from '../../interop/dtypes.js';
import { isOnnxFile, isTorchFile } from '../../interop/foreignFile.js';
import { parseHeader, startsUnlikeSafetensors } from '../../interop/safetensorsHeader.js';
import { fromStateDict } from '../../interop/torch/stateDict.js';
import { withoutWrappers } from '../../interop/wrapperPrefixes.js';
import type { PresetOptions } from '../../models/presetOptions.js';
import { designOf } from '../../models/presets.js';
import { resolveModel } from '../../models/resolve.js';
import type { ResolvedModel } from '../../models/resolved.js';
import { kindOf, readBytes } from '../../platform/files.js';
import { numberedClasses } from '../../predict/load.js';
import type { Config } from '../../train/config.js';
import { trainableOf } from '../../train/features/trainable.js';
import { headOf } from '../../train/fineTune.js';
import { assertKnownModel, openModel } from '../../train/openModel.js';
import type { RequiredInput } from './requiredInput.js';

/**
 * Whether a path is that of a file of weights only, whose model must be stated: of `torch.save`, or a safetensors file without a model.
 *
 * @throws {InklingError} when the file cannot be read, or its header is damaged
 */
export function containsOnlyWeights(path: string): boolean {
  if (kindOf(path) !== 'file') return false;
  const bytes = readBytes(path, MAX_CHECKPOINT_BYTES);
  if (isOnnxFile(bytes, path)) return false;
  if (isTorchFile(bytes, path)) return true;
  return !startsUnlikeSafetensors(bytes) && classesOf(parseHeader(bytes, path).metadata, path) === undefined;
}

/**
 * Reads a file of weights only, as those of a model with as many outputs as the file has. Its classes are numbers.
 *
 * @param model name of a preset, or a JSON file
 * @param options the images, and the number of classes that the model is to be trained on
 * @throws {InklingError} when the file is damaged, or lists all tensors that are missing, unexpected, or of another type or shape
 */
export function readStateDict(file: string, model: string, options: PresetOptions): SavedModel {
  const { tensors } = decodeStateDict(readBytes(file, MAX_CHECKPOINT_BYTES), file);
  const classes = outputsIn(tensors, resolveModel(openModel(model, options)));
  const stated = openModel(model, { ...options, classes });
  return {
    model: stated,
    classes: numberedClasses(stated),
    dataset: '',
    ...fromStateDict(stated, tensors, file),
  };
}

/** The number of outputs of the last layer in a file; that of the model if the file does not contain it, which is reported later. */
function outputsIn(tensors: ReadonlyMap<string, SavedTensor>, model: ResolvedModel): number {
  const index = withoutWrappers([...tensors.keys()]).indexOf(`${headOf(model)}.weight`);
  const weight = [...tensors.values()].find((_, at) => at === index);
  const outputs = weight?.shape.at(0) ?? 0;
  return outputs === 0 ? model.classes : outputs;
}

/**
 * Checks the model of a configuration that starts from a file of weights only.
 *
 * @returns the images that the model takes: photos, if it was designed for them; undefined if the images determine the model
 * @throws {UsageError} for an unknown model, or images that it cannot take
 * @throws {InklingError} when the file is damaged, or contains other weights; or for an unknown layer to freeze
 */
export function checkStateDictStart(file: string, config: Config): RequiredInput | undefined {
  const { model, imageSize } = config;
  if (backboneNames.includes(model)) {
    const input = backboneInput(model, imageSize);
    const saved = readStateDict(file, model, { input, classes: designOf(model).classes });
    trainableOf(resolveModel(saved.model), config);
    return { input, inputKind: 'photo' };
  }
  assertKnownModel(model);
  decodeStateDict(readBytes(file, MAX_CHECKPOINT_BYTES), file);
  return undefined;
}
