import { checkUnitPixels, describeType, isDetached } from '../core/checkPixels.js';
import { InvalidInputError } from '../core/errors.js';
import { MAX_BYTE, toBytes, toUnitFloats } from '../core/pixels.js';
import { formatShape, type Shape, sizeOf } from '../core/shape.js';
import type { ModelInputs } from './concern.js';
import type { DecodedImage } from './decodedImage.js';
import { checkImageSize, LARGE_PIXELS } from './limits.js';
import { imageOfPixels, preprocess, type PreprocessOptions } from './preprocess.js';

/** The pixels of one image. */
export interface PixelInput {
  /** `[height, width, channels]` as a flat array: bytes from 0 to 255, or any other numbers from 0 to 1. */
  readonly pixels: Float32Array | Uint8Array | Uint8ClampedArray | readonly number[];
  /** `[height, width, channels]`: 1 channel for gray, 3 for RGB, 4 for RGBA, or as many as the model has. */
  readonly shape: Shape;
}

/**
 * A model's input from pixels: as they are if they have the shape of the input, otherwise like an image file with these pixels.
 *
 * @throws {InvalidInputError} when these are not pixels of the given shape
 * @throws {InklingError} when the image shows no drawing, and the model takes digits
 */
export function inputsOfPixels({ pixels, shape }: PixelInput, options: PreprocessOptions): ModelInputs {
  const wanted = formatShape(options.shape);
  checkShape(shape, wanted);
  const values = numbersOf(pixels);
  if (values.length !== sizeOf(shape)) {
    throw new InvalidInputError(
      isDetached(values)
        ? 'pixels: expected an array with values, got one whose buffer is detached; it was transferred to another thread: pass a copy'
        : `pixels: expected ${sizeOf(shape)} numbers for the shape ${formatShape(shape)}, got ${values.length}; pass every channel of every pixel`,
    );
  }
  if (values instanceof Float32Array) checkUnitPixels(values, 'pixels');
  const floats = () => (values instanceof Float32Array ? values.slice() : toUnitFloats(values));
  if (formatShape(shape) === wanted) return { pixels: floats(), concerns: [] };
  const [height, width, channels] = shape;
  if (![1, 3, 4].includes(channels)) {
    throw new InvalidInputError(
      `shape: expected 1 channel (gray), 3 (RGB), or 4 (RGBA), or the model's input of ${wanted}, got ${channels} channels`,
    );
  }
  checkImageSize({ width, height }, LARGE_PIXELS);
  const bytes = values instanceof Float32Array ? toBytes(values) : new Uint8Array(values);
  return preprocess(channels === 4 ? { width, height, data: bytes } : imageOfPixels(bytes, shape), options);
}

/**
 * An image as a canvas returns its pixels.
 *
 * @throws {InvalidInputError} when it is not one
 */
export function inputsOfImageData(image: DecodedImage, options: PreprocessOptions): ModelInputs {
  const { width, height } = image;
  const data: unknown = image.data;
  if (!(data instanceof Uint8ClampedArray || data instanceof Uint8Array)) {
    throw new InvalidInputError(
      `image data: expected bytes from 0 to ${MAX_BYTE}, got ${describeType(data)}; request the pixel format "rgba-unorm8"`,
    );
  }
  return inputsOfPixels({ pixels: data, shape: [height, width, 4] }, options);
}

function checkShape(shape: unknown, wanted: string): void {
  const isShape =
    Array.isArray(shape) && shape.length === 3 && shape.every((size) => Number.isInteger(size) && size > 0);
  if (isShape) return;
  const got = Array.isArray(shape) ? `[${shape.join(', ')}]` : describeType(shape);
  throw new InvalidInputError(
    `shape: expected [height, width, channels], such as that of the model's input, ${wanted}, got ${got}; state all three`,
  );
}

function numbersOf(pixels: unknown): Float32Array | Uint8Array | Uint8ClampedArray {
  if (pixels instanceof Float32Array || pixels instanceof Uint8Array || pixels instanceof Uint8ClampedArray)
    return pixels;
  const isFlat = Array.isArray(pixels) && pixels.every((value) => typeof value === 'number');
  if (isFlat) return Float32Array.from(pixels);
  const what = Array.isArray(pixels)
    ? describeType(pixels.find((value) => typeof value !== 'number'))
    : undefined;
  const got = what === undefined ? describeType(pixels) : `an array that contains ${what}`;
  const advice = what?.includes('array') ? 'flatten it with pixels.flat(Infinity)' : 'convert it';
  throw new InvalidInputError(
    `pixels: expected a flat array of numbers, a Float32Array from 0 to 1 or a Uint8Array from 0 to ${MAX_BYTE}, got ${got}; ${advice}`,
  );
}
