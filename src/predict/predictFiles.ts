import type { FileInputs } from '../images/concern.js';
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

/**
 * Classifies image files one after the other. A file that cannot be read yields an error instead of predictions.
 *
 * @throws {InklingError} when the model's weights do not fit its layers; the signal's reason once it aborts
 */
export async function* predictFiles(
  trained: TrainedModel,
  files: readonly FoundImageFile[],
  { top = DEFAULT_TOP, onInput, ...options }: PredictFilesOptions = {},
): AsyncGenerator<FilePrediction, void> {
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
