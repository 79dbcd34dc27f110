import { type Shape, sizeOf } from '../core/shape.js';

/**
 * What kind of input a model takes: `digit`, the drawing on an image normalized like MNIST's digits; `image`, the whole image
 * resized; or `photo`, the image resized and its center cropped as for networks that are trained on ImageNet.
 */
export const INPUT_KINDS = ['digit', 'image', 'photo'] as const;

/**
 * How images are prepared for a model: as one handwritten `digit`, which is found and normalized as in MNIST, as an `image` of
 * anything else, or as a `photo`, also of anything, but as networks that are pretrained on ImageNet expect it.
 */
export type InputKind = (typeof INPUT_KINDS)[number];

/** The number of images from which the kind of a data set is judged, taken from all of it. */
const MAX_SAMPLES = 1000;
/** The share of them that must be normalized digits. */
const MIN_DIGIT_SHARE = 0.9;
/** MNIST's digits have a longer side of 20 of 28 pixels; EMNIST's are larger. */
const MAX_EXTENT = 25 / 28;
const MIN_EXTENT = 10 / 28;
/** MNIST's digits are centered by their mass, EMNIST's by their bounds: one of them is this near the center, in sides. */
const MAX_OFFSET = 1.5 / 28;
/** Pixels from this value on are ink, and those on the edge of the image must be below it with few exceptions. */
const INK = 64;
const MAX_EDGE_INK_SHARE = 0.05;
/** A drawing covers at most this share of the image, and has at least this value somewhere. */
const MAX_INK_SHARE = 0.45;
const MIN_PEAK = 128;

/**
 * The input kind of a saved model that does not state one: square grayscale input is assumed to be a digit.
 *
 * @param shape the model's input: `[height, width, channels]`
 */
export function defaultInputKind([height, width, channels]: Shape): InputKind {
  return channels === 1 && height === width ? 'digit' : 'image';
}

/**
 * The input kind of a data set, judged by its pixels alone, so that the same images have the same kind in every file format:
 * `digit` if nearly all of them are normalized like MNIST's, otherwise `image`.
 *
 * @param images `[count, height, width, channels]`, from 0 to 255
 * @param shape one image: `[height, width, channels]`
 */
export function inputKindOf(images: Uint8Array, shape: Shape): InputKind {
  const size = sizeOf(shape);
  const pixelsOf = (image: number) => images.subarray(image * size, (image + 1) * size);
  return kindOfImages(images.length / size, pixelsOf, shape);
}

/** The same for images that may not be in memory. */
export function kindOfImages(
  count: number,
  pixelsOf: (image: number) => Uint8Array,
  shape: Shape,
): InputKind {
  const samples = Math.min(count, MAX_SAMPLES);
  let digits = 0;
  for (let sample = 0; sample < samples; sample++) {
    if (isNormalizedDigit(pixelsOf(Math.floor((sample * count) / samples)), shape)) digits += 1;
  }
  return samples > 0 && digits >= MIN_DIGIT_SHARE * samples ? 'digit' : 'image';
}

/**
 * Whether an image is already normalized like MNIST's digits: a light drawing on black, in the center of a square with a margin.
 *
 * @param pixels `[height, width, channels]`, from 0 to 255
 */
export function isNormalizedDigit(pixels: Uint8Array, [height, width, channels]: Shape): boolean {
  if (channels !== 1 || height !== width) return false;
  const side = height;
  let [left, top, right, bottom] = [side, side, -1, -1];
  let [mass, massX, massY, ink, edgeInk, peak] = [0, 0, 0, 0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = pixels[y * side + x];
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
      peak = Math.max(peak, value);
      if (value < INK) continue;
      ink += 1;
      if (x === 0 || y === 0 || x === side - 1 || y === side - 1) edgeInk += 1;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (peak < MIN_PEAK || ink > MAX_INK_SHARE * side * side) return false;
  if (edgeInk > MAX_EDGE_INK_SHARE * 4 * (side - 1)) return false;
  const extent = Math.max(right - left, bottom - top) + 1;
  if (extent > MAX_EXTENT * side || extent < MIN_EXTENT * side) return false;
  const isCentered = (x: number, y: number) =>
    Math.max(Math.abs(x - side / 2), Math.abs(y - side / 2)) <= MAX_OFFSET * side;
  return isCentered(massX / mass, massY / mass) || isCentered((left + right + 1) / 2, (top + bottom + 1) / 2);
}
