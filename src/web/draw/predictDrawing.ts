import { messageOf } from '#inkling/core/errors.js';
import { MAX_BYTE, toUnitFloats } from '#inkling/core/pixels.js';
import { normalizeDigit, normalizeInk } from '#inkling/images/digit/normalizeDigit.js';
import { centerCropResize } from '#inkling/images/centerCropResize.js';
import type { Plane } from '#inkling/images/decodedImage.js';
import type { FeatureMaps } from '#inkling/predict/featureMaps.js';
import type { Prediction, PageModel } from '../pageModel.js';
import type { Drawing } from './useDrawing.js';
import { drawStrokes, boundingSquareOf, type Stroke } from './strokes.js';

/** What the network sees, and what it makes of it. */
export interface DrawingPrediction extends Prediction {
  /** `[height, width, channels]`, from 0 to 1 */
  readonly pixels: Float32Array;
  readonly featureMaps: readonly FeatureMaps[];
}

/** Side of the small paper on which strokes are drawn once more for the network, of the box for them, and its pen. */
const SIDE = 96;
const BOX = 60;
const PEN = 8;
/** Strokes in a smaller frame than this share of the paper are a dot. */
const LEAST_FRAME = 0.1;
/** Pictures are made no larger than this before they are looked at. */
const PICTURE_SIDE = 480;

/** What is to be done for a network to see something. */
export function promptOf({ inputKind, classes }: PageModel): string {
  if (inputKind === 'image') return 'Open a picture';
  return classes.every((name) => /^\d$/.test(name)) ? 'Draw a digit' : 'Draw something';
}

/** What the network makes of a drawing, or why it can make nothing of it. */
export function predictDrawing(reader: PageModel, drawing: Drawing): DrawingPrediction | string {
  const { strokes, picture } = drawing;
  if (picture === undefined) {
    if (strokes.length === 0) return promptOf(reader);
    if (boundingSquareOf(strokes).side < LEAST_FRAME) return `${promptOf(reader)} larger than a dot`;
  }
  try {
    const pixels = pixelsOf(drawing, reader);
    return { pixels, ...reader.inspect(pixels) };
  } catch (error) {
    return messageOf(error);
  }
}

function pixelsOf({ strokes, picture }: Drawing, { inputKind, shape }: PageModel): Float32Array {
  const [side] = shape;
  if (picture === undefined) return normalizeInk(traced(strokes), side);
  if (inputKind === 'digit') return normalizeDigit(scaled(picture), side);
  return toUnitFloats(centerCropResize(scaled(picture), shape));
}

/** Strokes in the middle of a small paper, with a pen of one width whatever size they were drawn at. */
function traced(strokes: readonly Stroke[]): Plane {
  const context = smallPaper(SIDE, SIDE);
  const { x, y, side } = boundingSquareOf(strokes);
  const scale = BOX / side;
  const margin = SIDE / 2 / scale;
  drawStrokes(context, strokes, { scale, left: x - margin, top: y - margin, width: PEN });
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return {
    width: SIDE,
    height: SIDE,
    values: Float32Array.from({ length: SIDE * SIDE }, (_, at) => data[4 * at + 3] / MAX_BYTE),
  };
}

function scaled(picture: ImageBitmap): ImageData {
  const scale = Math.min(1, PICTURE_SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  const context = smallPaper(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function smallPaper(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('this browser draws on no canvas');
  return context;
}
