import { messageOf } from '../core/errors.js';
import { MAX_IMAGE_FILE_BYTES } from '../images/limits.js';
import type { ImageContent } from '../images/preprocess.js';
import { ImagePreprocessor } from '../images/preprocessor.js';
import { readBytes } from '../platform/files.js';
import { layersToObserve } from './calibration.js';
import { CompiledModel } from './compiledModel.js';
import type { FoundImageFile } from './findImages.js';
import { type FilePrediction, type Prediction, predictionsOf } from './predictions.js';
import { DEFAULT_TOP } from './ranking.js';
import type { TrainedModel } from './trainedModel.js';

/** How image files are classified. */
export interface PredictFilesOptions {
  /** How many classes to rank for each image, at least 1; by default 2. */
  readonly top?: number | undefined;
  /** Whether each file shows one object (the default), or a number written in digits. */
  readonly content?: ImageContent | undefined;
  /** Called with the model's input for each file: `[images, height, width, channels]`, from 0 to 1. */
  readonly onInput?: ((images: Float32Array) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Classifies image files one after the other. A file that cannot be read yields an error instead of predictions.
 *
 * @throws {InklingError} when the model's weights do not fit its layers; the signal's reason once it aborts
 */
export async function* predictFiles(
  trained: TrainedModel,
  files: readonly FoundImageFile[],
  { top = DEFAULT_TOP, content = 'single', onInput, signal }: PredictFilesOptions = {},
): AsyncGenerator<FilePrediction, void> {
  const { saved } = trained;
  const activations = layersToObserve(trained.saved.calibration);
  const compiled = await CompiledModel.create(saved, { activations });
  const preprocessor = new ImagePreprocessor(saved.model.input, saved.inputKind);
  try {
    for (const found of files) {
      signal?.throwIfAborted();
      yield await predictionOfFile(found, async (file) => {
        const bytes = new Uint8Array(readBytes(file, MAX_IMAGE_FILE_BYTES));
        const inputs = await preprocessor.preprocess(bytes, content);
        onInput?.(inputs.pixels);
        const images = predictionsOf(inputs, compiled.runSync(inputs.pixels), trained.saved, top);
        return { images, ...(inputs.note === undefined ? {} : { note: inputs.note }) };
      });
    }
  } finally {
    await preprocessor.close();
  }
}

/** The predictions for a file that was found; an error is caught and becomes part of the result. */
async function predictionOfFile(
  { file, problem }: FoundImageFile,
  predict: (file: string) => Promise<{ readonly images: readonly Prediction[]; readonly note?: string }>,
): Promise<FilePrediction> {
  if (problem !== undefined) return { file, error: problem };
  return predict(file).then(
    (predicted) => ({ file, ...predicted }),
    (error: unknown) => ({ file, error: messageOf(error) }),
  );
}
