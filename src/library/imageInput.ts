import { describeType } from '../core/checkPixels.js';
import { InvalidInputError } from '../core/errors.js';
import type { DecodedImage } from '../images/decodedImage.js';
import type { Drawable } from '../images/drawable.js';
import { MAX_IMAGE_FILE_BYTES } from '../images/limits.js';
import { loadPreprocessing } from '../images/loadPreprocessing.js';
import { inputsOfImageData, inputsOfPixels, type PixelInput } from '../images/pixelInput.js';
import { preprocess } from '../images/preprocess.js';
import type { FileInputs } from '../images/concern.js';
import type { ImageReader } from '../images/readImage.js';
import { type ByteSource, containsBytes } from '../platform/byteSource.js';
import { readSource } from '../platform/readSource.js';

/**
 * One image to classify:
 *
 * - an image file: a `File` or `Blob`, its bytes (`Uint8Array`, `Buffer`, `ArrayBuffer`), or its address: a URL, or a string that is
 *   a path in Node.js and a URL, which may be relative, in browsers
 * - in browsers also an `ImageBitmap`, a canvas, an `<img>` that has loaded, the current frame of a `<video>`, or a `VideoFrame`
 * - `ImageData`, or other decoded pixels `{ data, width, height }` in RGBA
 * - pixels with a shape, `{ pixels, shape }`: of the shape of the model's input, they are the input; of another shape, they are
 *   treated like an image file
 */
export type ImageInput = ByteSource | PixelInput | DecodedImage | Drawable;

/**
 * A model's input from an image.
 *
 * @throws {InvalidInputError} when it is no image
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read or decoded
 */
export async function inputsOfImage(
  image: ImageInput,
  reader: ImageReader,
  signal: AbortSignal | undefined,
): Promise<FileInputs> {
  const { options } = reader;
  // Preparing the image needs it, and is synchronous.
  await loadPreprocessing(options.inputKind);
  if (typeof image === 'string' || image instanceof URL || containsBytes(image)) {
    checkIsFile(image);
    const { bytes } = await readSource(image, { maxBytes: MAX_IMAGE_FILE_BYTES, signal });
    return reader.readFile(bytes, signal);
  }
  // Programs in JavaScript may pass anything.
  const given: unknown = image;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw notAnImage(given);
  if ('pixels' in image) return inputsOfPixels(image, options);
  if ('data' in image) return inputsOfImageData(image, options);
  if (['width', 'naturalWidth', 'videoWidth', 'displayWidth'].some((property) => property in image))
    return preprocess(reader.readDrawable(image), options);
  throw notAnImage(given);
}

/** Arrays of numbers are pixels, of which the shape is not known. */
function checkIsFile(source: ByteSource): void {
  if (ArrayBuffer.isView(source) && !(source instanceof Uint8Array || source instanceof DataView))
    throw notAnImage(source);
}

function notAnImage(given: unknown): InvalidInputError {
  const isPixels = ArrayBuffer.isView(given) || Array.isArray(given);
  return new InvalidInputError(
    `expected an image: a file, its bytes or address, ImageData, something that a canvas can draw, or { pixels, shape }, got ${describeType(given)}` +
      (isPixels
        ? '; to classify pixels, pass { pixels, shape: [height, width, channels] } with a flat array'
        : '; pass one of these'),
  );
}
