import { MAX_BYTE } from '../../core/pixels.js';
import type { Shape } from '../../core/shape.js';
import {
  backgroundOf,
  type DecodedImage,
  isOpaque,
  LUMA_WEIGHTS,
  type Size,
  wordsOf,
} from '../decodedImage.js';
import { type Crop, resizeBicubic } from './bicubic.js';
import { coverSide } from './coverSide.js';

/** Pillow's weights of red, green, and blue in luma are multiples of 2^-16. */
const LUMA_BITS = 16;
const [RED, GREEN, BLUE] = LUMA_WEIGHTS.map((weight) => Math.round(weight * 2 ** LUMA_BITS));
const HALF = 2 ** (LUMA_BITS - 1);

/**
 * Resizes an image so that it covers 8/7 of the wanted size, and crops its center: how images are usually prepared for evaluating
 * networks on ImageNet. The result is that of a program in Python with Pillow, byte for byte, if the image is opaque: sizes are
 * rounded as by `round`, and the crop starts at half of what is left over, rounded down. Transparent pixels get the color of
 * `backgroundOf`.
 *
 * @param shape `[height, width, channels]`: 3 channels for red, green and blue, or 1 for luma
 * @returns `[height, width, channels]`, from 0 to 255
 */
export function resizePhoto(image: DecodedImage, [height, width, channels]: Shape): Uint8Array {
  const size = coveringSize(image, { width, height });
  const words = channels === 1 ? lumaWords(image) : opaqueWords(image);
  const crop = centerOf(size, { width, height });
  const colors = resizeBicubic({ width: image.width, height: image.height, words }, size, crop);
  return channels === 1 ? colors.filter((_, index) => index % 3 === 0) : colors;
}

/** The size to which an image is resized before its center is cropped. */
function coveringSize(image: Size, wanted: Size): Size {
  const scaleOf = (given: number, side: number) => coverSide(side) / given;
  const scale = Math.max(scaleOf(image.width, wanted.width), scaleOf(image.height, wanted.height));
  return { width: roundToEven(image.width * scale), height: roundToEven(image.height * scale) };
}

/** The part in the middle of an image. */
function centerOf(size: Size, { width, height }: Size): Crop {
  return {
    left: Math.floor((size.width - width) / 2),
    top: Math.floor((size.height - height) / 2),
    width,
    height,
  };
}

/** The nearest integer; halves are rounded to the even one, as Python's `round` does. */
function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

/** The pixels blended with the background. */
function opaqueWords(image: DecodedImage): Int32Array {
  const words = wordsOf(image.data);
  if (isOpaque(image)) return words;
  const background = backgroundOf(image);
  const opaque = new Int32Array(words.length);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const alpha = (word >>> 24) / MAX_BYTE;
    const blend = (value: number) => Math.round(background + (value - background) * alpha);
    opaque[index] =
      blend(word & 0xff) | (blend((word >> 8) & 0xff) << 8) | (blend((word >> 16) & 0xff) << 16);
  }
  return opaque;
}

/** The luma of each pixel, as all three colors. */
function lumaWords(image: DecodedImage): Int32Array {
  const colors = opaqueWords(image);
  const gray = new Int32Array(colors.length);
  for (let index = 0; index < colors.length; index++) {
    const word = colors[index];
    const sum = RED * (word & 0xff) + GREEN * ((word >> 8) & 0xff) + BLUE * ((word >> 16) & 0xff);
    gray[index] = ((sum + HALF) >> LUMA_BITS) * 0x010101;
  }
  return gray;
}
