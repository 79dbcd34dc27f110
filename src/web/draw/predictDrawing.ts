import { messageOf } from '#inkling/core/errors.js';
import type { ModelInputs } from '#inkling/images/concern.js';
import { digitNormalizer } from '#inkling/images/loadPreprocessing.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import type { InputKind } from '#inkling/images/inputKind.js';
import { checkImageSize, shrunkSize } from '#inkling/images/limits.js';
import { preprocess } from '#inkling/images/preprocess.js';
import type { InspectedPrediction, PageModel } from '../pageModel.js';
import { pixelsOf, rasterizeStrokes } from '../../components/draw/rasterize.js';
import { boundingSquareOf } from '../../components/draw/strokes.js';
import type { Drawing } from '../../components/draw/useDrawing.js';

/** The prediction for a drawing or an image, with the model input that was computed from it. */
export interface DrawingPrediction extends InspectedPrediction {
  /** `[height, width, channels]`, from 0 to 1 */
  readonly pixels: Float32Array;
}

/** Strokes within a smaller square than this fraction of the canvas count as a dot. */
const MIN_SIDE = 0.1;

/** The prompt for the user. */
export function promptOf(model: PageModel): string {
  if (model.inputKind !== 'digit') return 'Open an image';
  return hasDigits(model) ? 'Draw a digit' : 'Draw something';
}

/** Classifies a drawing; returns a message when there is nothing to classify. */
export function predictDrawing(model: PageModel, drawing: Drawing): DrawingPrediction | string {
  const { strokes, image } = drawing;
  if (image === undefined) {
    if (strokes.length === 0) return promptOf(model);
    if (boundingSquareOf(strokes).side < MIN_SIDE) {
      return hasDigits(model) ? 'Draw a larger digit' : 'Draw something larger';
    }
  }
  try {
    const inputs = modelInputOf(drawing, model);
    return { pixels: inputs.pixels, ...model.inspect(inputs) };
  } catch (error) {
    return messageOf(error);
  }
}

function hasDigits({ classes }: PageModel): boolean {
  return classes.every((name) => /^\d$/.test(name));
}

function modelInputOf({ strokes, image }: Drawing, { inputKind, shape }: PageModel): ModelInputs {
  if (image === undefined) return digitNormalizer().normalizeDrawing(rasterizeStrokes(strokes), shape[0]);
  return preprocess(pixelsForModel(image, inputKind), { shape, inputKind, content: 'single' });
}

/** A photo is not scaled down by the browser, whose filter is not the one that the model expects, unless it has very many pixels. */
function pixelsForModel(image: ImageBitmap, inputKind: InputKind): DecodedImage {
  if (inputKind !== 'photo') return pixelsOf(image);
  checkImageSize(image);
  const { width, height } = shrunkSize(image);
  return pixelsOf(image, Math.max(width, height));
}
