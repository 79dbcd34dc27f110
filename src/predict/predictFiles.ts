import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import type { FileInputs } from '../images/concern.js';
import { IMAGE_CONTENTS } from '../images/preprocess.js';
import { type FoundImageFile, imageFileResults, type ReadFilesOptions } from '../images/imageFileResults.js';
import { inputKindOfModel } from '../interop/checkpoint.js';
import { layersToObserve } from './calibration.js';
import { CompiledModel } from './compiledModel.js';
import { type FilePrediction, predictionsOf } from './predictions.js';
import { DEFAULT_TOP } from './ranking.js';
import type { TrainedModel } from './trainedModel.js';

/** How image files are classified. */
export interface PredictFilesOptions extends ReadFilesOptions {
  /** How many classes to rank for each image, at least 1; by default 2. */
  readonly top?: number | undefined;
  /** Called with the model's input for each file: `[images, height, width, channels]`, from 0 to 1. */
  readonly onInput?: ((images: Float32Array) => void) | undefined;
}

const OPTIONS: OptionKinds<PredictFilesOptions> = {
  top: kinds.count,
  onInput: kinds.callback,
  content: kinds.oneOf(IMAGE_CONTENTS),
  signal: kinds.signal,
};

/**
 * Classifies image files one after the other. A file that cannot be read yields an error instead of predictions.
 *
 * @throws {UsageError} for anything but a trained model, files, and options
 * @throws {InklingError} when the model's weights do not fit its layers; the signal's reason once it aborts
 */
export async function* predictFiles(
  trained: TrainedModel,
  files: readonly FoundImageFile[],
  given: PredictFilesOptions = {},
): AsyncGenerator<FilePrediction, void> {
  checkValues('predictFiles', { trained, files }, { trained: records.trained, files: records.foundFiles });
  checkOptions('predictFiles', given, OPTIONS);
  const { top = DEFAULT_TOP, onInput, ...options } = given;
  const { saved } = trained;
  const activations = layersToObserve(saved.calibration);
  const compiled = await CompiledModel.create(saved, { activations });
  const predict = (inputs: FileInputs) => {
    onInput?.(inputs.pixels);
    const images = predictionsOf(inputs, compiled.runSync(inputs.pixels), saved, top);
    return { images, ...(inputs.note === undefined ? {} : { note: inputs.note }) };
  };
  const inputs = { shape: saved.model.input, inputKind: inputKindOfModel(saved) };
  yield* imageFileResults(inputs, files, predict, options);
}
