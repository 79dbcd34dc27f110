import { encode } from 'fast-png';
import type { FileResult } from '../core/files/fileResult.js';
import { type FoundImageFile, imageFileResults } from '../images/imageFileResults.js';
import { inputKindOfModel } from '../interop/checkpoint.js';
import { confidencesOf } from '../predict/calibration.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { argmax } from '../predict/softmax.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { Explainer, type Saliency, type SaliencyRequest } from './explainer.js';
import { explanationImage } from './explanationImage.js';

/** The explanation of a class for an image file, or why there is none. */
export type FileExplanation = FileResult<{
  readonly saliency: Saliency;
  /** The probability of the class. */
  readonly confidence: number;
  /** A PNG file: the model's input, and beside it the same colored by the saliency. */
  readonly png: Uint8Array;
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}>;

/**
 * Explains predictions for image files, one after the other.
 *
 * @throws {UsageError} when there is no such method, layer, or class
 * @throws {InklingError} when the model's weights do not fit its layers
 */
export async function* explainFiles(
  { saved }: TrainedModel,
  files: readonly FoundImageFile[],
  request: SaliencyRequest,
): AsyncGenerator<FileExplanation, void> {
  const compiled = await CompiledModel.create(saved);
  const explainer = Explainer.of(compiled);
  explainer.check(request);
  const input = { shape: saved.model.input, inputKind: inputKindOfModel(saved) };
  yield* imageFileResults(input, files, async ({ pixels, note }) => {
    const { logits } = compiled.runSync(pixels);
    const { label = saved.classes[argmax(logits)] } = request;
    const saliency = await explainer.saliency(pixels, { ...request, label });
    return {
      saliency,
      confidence: confidencesOf(logits, saved.calibration)[saved.classes.indexOf(label)],
      png: encode(explanationImage(pixels, input.shape, saliency)),
      ...(note === undefined ? {} : { note }),
    };
  });
}
