import { InklingError } from '../core/errors.js';
import { MAX_BYTE, toBytes, toUnitFloats } from '../core/pixels.js';
import { formatShape, type Shape } from '../core/shape.js';
import type { ModelInputs } from './concern.js';
import type { DecodedImage } from './decodedImage.js';
import { type InputKind, isNormalizedDigit } from './inputKind.js';
import { digitNormalizer, photoResizer } from './loadPreprocessing.js';
import { centerCropResize } from './resize/centerCropResize.js';

/** Every `ImageContent`. */
export const IMAGE_CONTENTS = ['single', 'number'] as const;

/** Whether an image shows a single object, or a number whose digits are classified one by one. */
export type ImageContent = (typeof IMAGE_CONTENTS)[number];

/** How to turn an image into model inputs. */
export interface PreprocessOptions {
  /** The model's input: `[height, width, channels]`. */
  readonly shape: Shape;
  readonly inputKind: InputKind;
  readonly content: ImageContent;
}

/**
 * Turns an image into model inputs: the drawing normalized like MNIST's digits, or the image resized as its kind requires.
 *
 * @throws {InklingError} when the image shows no drawing, or the model cannot take such an input; in browsers, when
 *   `loadPreprocessing` was not awaited before
 */
export function preprocess(
  image: DecodedImage,
  { shape, inputKind, content }: PreprocessOptions,
): ModelInputs {
  const [height, , channels] = shape;
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(
      `the model takes input of shape ${formatShape(shape)}, expected 1 or 3 channels to classify an image file`,
    );
  }
  if (content === 'single') {
    if (inputKind !== 'digit') return { pixels: toUnitFloats(resize(image, shape, inputKind)), concerns: [] };
    return digitAsIs(image, shape) ?? digitNormalizer().normalizeDigit(image, height);
  }
  if (inputKind !== 'digit') {
    throw new InklingError(
      `the model takes ${inputKind} input of ${formatShape(shape)}, expected a model with digit input, such as one trained on MNIST, to read a number`,
    );
  }
  return digitNormalizer().normalizeDigits(image, height);
}

function resize(image: DecodedImage, shape: Shape, inputKind: Exclude<InputKind, 'digit'>): Uint8Array {
  return inputKind === 'photo' ? photoResizer()(image, shape) : centerCropResize(image, shape);
}

/** The pixels of an image that is already a model's input; undefined for any other. */
function digitAsIs(image: DecodedImage, shape: Shape): ModelInputs | undefined {
  const [height, width] = shape;
  const { data } = image;
  const isGray = (pixel: number) =>
    data[pixel] === data[pixel + 1] && data[pixel] === data[pixel + 2] && data[pixel + 3] === MAX_BYTE;
  if (image.width !== width || image.height !== height) return undefined;
  for (let pixel = 0; pixel < data.length; pixel += 4) if (!isGray(pixel)) return undefined;
  const pixels = Uint8Array.from({ length: width * height }, (_, index) => data[4 * index]);
  return isNormalizedDigit(pixels, shape) ? { pixels: toUnitFloats(pixels), concerns: [] } : undefined;
}

/**
 * Turns an image into bytes `[height, width, channels]` as `preprocess` turns it into a model's input, but resizes an image
 * without a drawing instead of rejecting it.
 */
export function preprocessBytes(image: DecodedImage, shape: Shape, inputKind: InputKind): Uint8Array {
  if (inputKind !== 'digit') return resize(image, shape, inputKind);
  try {
    return toBytes(preprocess(image, { shape, inputKind, content: 'single' }).pixels);
  } catch (error) {
    if (error instanceof InklingError) return centerCropResize(image, shape);
    throw error;
  }
}

/** The image that a file with these pixels, `[height, width, channels]` with 1 or 3 channels, would contain. */
export function imageOfPixels(pixels: Uint8Array, [height, width, channels]: Shape): DecodedImage {
  const data = new Uint8Array(4 * height * width).fill(MAX_BYTE);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let color = 0; color < 3; color++) {
      data[4 * pixel + color] = pixels[pixel * channels + Math.min(color, channels - 1)];
    }
  }
  return { width, height, data };
}
