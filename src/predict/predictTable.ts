import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { InklingError } from '../core/errors.js';
import { toUnitFloats } from '../core/pixels.js';
import { formatShape, type Shape, sizeOf } from '../core/shape.js';
import { readArrayFiles } from '../data/arrays/readArrays.js';
import type { ModelInputs } from '../images/concern.js';
import { type InputKind, inputKindOf } from '../images/inputKind.js';
import { inputKindOfModel } from '../interop/checkpoint.js';
import { imageOfPixels, preprocess } from '../images/preprocess.js';
import { layersToObserve } from './calibration.js';
import { CompiledModel } from './compiledModel.js';
import { concernsOfInput } from './inputConcerns.js';
import { type Prediction, predictionsOf } from './predictions.js';
import { DEFAULT_TOP } from './ranking.js';
import type { TrainedModel } from './trainedModel.js';

/** Bounds the memory that the pixels of a batch take as floats. */
const BATCH_SIZE = 1024;

/**
 * Classifies the images in a table, in NumPy arrays, or in an IDX file; of several parts, the test images.
 *
 * @param top how many classes to rank for each image, at least 1
 * @param onRead is told how the file was read, in one line
 * @throws {InklingError} when the file is malformed, or its images do not have the model's input shape
 */
export async function predictTable(
  trained: TrainedModel,
  file: string,
  top = DEFAULT_TOP,
  onRead?: (interpretation: string) => void,
): Promise<Prediction[]> {
  const given = { trained, file, top };
  checkValues('predictTable', given, { trained: records.trained, file: kinds.path, top: kinds.count });
  const { parts } = readArrayFiles([file], file);
  const { pixels, shape, interpretation } = parts.find(({ part }) => part === 'test') ?? parts[0];
  const { input, name } = trained.saved.model;
  if (formatShape(shape) !== formatShape(input)) {
    throw new InklingError(
      `${file}: contains images of ${formatShape(shape)}, but ${name} expects ${formatShape(input)}; use a model trained on images of that size`,
    );
  }
  onRead?.(interpretation);
  const activations = layersToObserve(trained.saved.calibration);
  const compiled = await CompiledModel.create(trained.saved, { activations });
  const predictions: Prediction[] = [];
  for (const inputs of inputsOf(pixels, shape, inputKindOfModel(trained.saved))) {
    predictions.push(...predictionsOf(inputs, compiled.runSync(inputs.pixels), trained.saved, top));
  }
  return predictions;
}

/** Model inputs from stored pixels, `[count, height, width, channels]`: what image files with these pixels would result in. */
function* inputsOf(pixels: Uint8Array, shape: Shape, inputKind: InputKind): Generator<ModelInputs> {
  // Other images and normalized digits are a model's input as they are, like the data set that it was trained on.
  const areInputs = inputKind !== 'digit' || inputKindOf(pixels, shape) === 'digit';
  const step = sizeOf(shape) * (areInputs ? BATCH_SIZE : 1);
  for (let start = 0; start < pixels.length; start += step) {
    const some = pixels.subarray(start, start + step);
    yield areInputs ? asTheyAre(some) : normalized(some, shape);
  }
}

function asTheyAre(pixels: Uint8Array): ModelInputs {
  return { pixels: toUnitFloats(pixels), concerns: [] };
}

/** A normalized digit; an image without a drawing, or of noise, is not changed, and its prediction will be doubtful. */
function normalized(pixels: Uint8Array, shape: Shape): ModelInputs {
  const stored = asTheyAre(pixels);
  if (concernsOfInput(stored.pixels, shape).length > 0) return stored;
  try {
    return preprocess(imageOfPixels(pixels, shape), { shape, inputKind: 'digit', content: 'single' });
  } catch (error) {
    if (error instanceof InklingError) return stored;
    throw error;
  }
}
