import { encode } from 'fast-png';
import * as kinds from '../core/arguments/kinds.js';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as records from '../core/arguments/records.js';
import type { FileResult } from '../core/files/fileResult.js';
import type { Shape } from '../core/shape.js';
import type { FileInputs } from '../images/concern.js';
import { type FoundImageFile, imageFileResults } from '../images/imageFileResults.js';
import { MAX_IMAGE_FILE_BYTES } from '../images/limits.js';
import { ImagePreprocessor } from '../images/preprocessor.js';
import { inputKindOfModel } from '../interop/checkpoint.js';
import { confidencesOf } from '../predict/calibration.js';
import { readBytes } from '../platform/files.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { argmax } from '../predict/softmax.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { enlarge } from './activationMap.js';
import { Explainer, type Saliency, type SaliencyRequest } from './explainer.js';
import { explanationImage, type RgbImage } from './explanationImage.js';

/** The explanation of a class for an image file, or why there is none. */
export type FileExplanation = FileResult<{
  readonly saliency: Saliency;
  /** The probability of the class. */
  readonly confidence: number;
  /** A PNG file: the model's input, of photos with more detail, and beside it the same colored by the saliency. */
  readonly png: Uint8Array;
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}>;

/** Photos are drawn with so many times the height and the width that the model receives. */
const PHOTO_DETAIL = 3;
/** What it names is checked by the explainer. */
const REQUEST: OptionKinds<SaliencyRequest> = {
  method: kinds.anything,
  layer: kinds.anything,
  label: kinds.anything,
};

/**
 * Explains predictions for image files, one after the other.
 *
 * @throws {UsageError} when there is no such method, layer, or class
 * @throws {InklingError} when the model's weights do not fit its layers
 */
export async function* explainFiles(
  trained: TrainedModel,
  files: readonly FoundImageFile[],
  request: SaliencyRequest = {},
): AsyncGenerator<FileExplanation, void> {
  checkValues('explainFiles', { trained, files }, { trained: records.trained, files: records.foundFiles });
  checkOptions('explainFiles', request, REQUEST);
  const { saved } = trained;
  const compiled = await CompiledModel.create(saved);
  const explainer = Explainer.of(compiled);
  explainer.check(request);
  const input = { shape: saved.model.input, inputKind: inputKindOfModel(saved) };
  const detailed = input.inputKind === 'photo' ? new DetailedPhotos(input.shape) : undefined;
  const explain = async ({ pixels, note }: FileInputs, file: string) => {
    const { logits } = compiled.runSync(pixels);
    const { label = saved.classes[argmax(logits)] } = request;
    const saliency = await explainer.saliency(pixels, { ...request, label });
    return {
      saliency,
      confidence: confidencesOf(logits, saved.calibration)[saved.classes.indexOf(label)],
      png: encode(
        detailed === undefined
          ? explanationImage(pixels, input.shape, saliency)
          : await detailed.explanationOf(file, saliency),
      ),
      ...(note === undefined ? {} : { note }),
    };
  };
  try {
    yield* imageFileResults(input, files, explain);
  } finally {
    await detailed?.close();
  }
}

/** Reads what a model receives of a photo again, with more detail. */
class DetailedPhotos {
  readonly #shape: Shape;
  readonly #preprocessor: ImagePreprocessor;

  /** @param shape the model's input */
  constructor([height, width, channels]: Shape) {
    this.#shape = [PHOTO_DETAIL * height, PHOTO_DETAIL * width, channels];
    this.#preprocessor = new ImagePreprocessor(this.#shape, 'photo');
  }

  async explanationOf(file: string, saliency: Saliency): Promise<RgbImage> {
    const bytes = new Uint8Array(readBytes(file, MAX_IMAGE_FILE_BYTES));
    const { pixels } = await this.#preprocessor.preprocess(bytes);
    const [height, width] = this.#shape;
    const values = enlarge(saliency.values, saliency.shape, [height, width]);
    return explanationImage(pixels, this.#shape, { ...saliency, shape: [height, width], values });
  }

  async close(): Promise<void> {
    await this.#preprocessor.close();
  }
}
