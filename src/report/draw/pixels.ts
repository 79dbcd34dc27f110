import { encode } from 'fast-png';
import { encodeBytes } from '../../core/base64.js';
import { MAX_BYTE } from '../../core/pixels.js';
import type { Shape } from '../../core/shape.js';
import { SIGN_COLORS } from '../../explain/saliencyColors.js';
import { type Size, wordsOf } from '../../images/decodedImage.js';
import { resizeBicubic } from '../../images/resize/bicubic.js';
import { element } from '../markup.js';

/** The square in a drawing that an image fills, in CSS pixels. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/**
 * Draws an image of a data set. With three channels it is an RGB image; otherwise, its first channel is drawn as the opacity
 * of the text color.
 *
 * @param shape `[height, width, channels]`
 * @param pixels of this shape, from 0 to 255
 */
export function drawImage(square: Square, shape: Shape, pixels: ArrayLike<number>): string {
  const [height, width, channels] = shape;
  if (channels === 3) return drawPng(square, colorImage(square, { width, height }, pixels));
  const opacities = Array.from({ length: width * height }, (_, pixel) => pixels[pixel * channels]);
  return drawOpacities(square, width, height, opacities);
}

/** How many pixels of a photo there are for a CSS pixel. */
const MAX_DENSITY = 2;

/** A color image; a photo of many more pixels than are visible is resized. */
function colorImage({ size }: Square, { width, height }: Size, pixels: ArrayLike<number>): PixelData {
  const scale = (MAX_DENSITY * size) / Math.max(width, height);
  if (scale >= 1) return { width, height, channels: 3, data: Uint8Array.from(pixels) };
  const shown = { width: Math.round(scale * width), height: Math.round(scale * height) };
  const opaque = Uint8Array.from({ length: 4 * width * height }, (_, at) =>
    at % 4 === 3 ? MAX_BYTE : pixels[3 * (at >> 2) + (at % 4)],
  );
  const data = resizeBicubic({ width, height, words: wordsOf(opaque) }, shown, { left: 0, top: 0, ...shown });
  return { ...shown, channels: 3, data };
}

/**
 * Draws nonnegative values as the opacity of the text color; the largest value is opaque.
 *
 * @param values `[height, width]`
 */
export function drawSequentialMap(
  square: Square,
  width: number,
  height: number,
  values: readonly number[],
): string {
  const scale = 255 / Math.max(...values, Number.MIN_VALUE);
  return drawOpacities(
    square,
    width,
    height,
    values.map((value) => value * scale),
  );
}

/**
 * Draws values of either sign as the opacity of blue (positive) and orange (negative).
 *
 * @param values `[height, width]`
 * @param maxMagnitude the magnitude that is opaque
 */
export function drawDivergingMap(
  square: Square,
  width: number,
  height: number,
  values: readonly number[],
  maxMagnitude: number,
): string {
  const data = values.flatMap((value) => [
    ...(value < 0 ? SIGN_COLORS.opposing : SIGN_COLORS.supporting),
    (255 * Math.abs(value)) / maxMagnitude,
  ]);
  return drawPng(square, { width, height, channels: 4, data: Uint8Array.from(data) });
}

/**
 * Draws colors with opacities, on the background of the page.
 *
 * @param rgba `[height, width, 4]`
 */
export function drawColors(square: Square, [height, width]: Shape, rgba: ArrayLike<number>): string {
  return drawPng(square, { width, height, channels: 4, data: Uint8Array.from(rgba) });
}

/** Black with opacities from 0 to 255; the class lets dark pages invert it. */
function drawOpacities(square: Square, width: number, height: number, opacities: readonly number[]): string {
  const data = Uint8Array.from(opacities.flatMap((opacity) => [0, opacity]));
  return drawPng(square, { width, height, channels: 2, data }, 'monochrome');
}

interface PixelData {
  readonly width: number;
  readonly height: number;
  readonly channels: 2 | 3 | 4;
  readonly data: Uint8Array;
}

function drawPng({ x, y, size }: Square, pixels: PixelData, className?: string): string {
  const png = encode({ ...pixels, depth: 8 });
  return element('image', {
    class: className,
    href: `data:image/png;base64,${encodeBytes(png)}`,
    x,
    y,
    width: size,
    height: size,
    // Keeps each pixel a sharp square in resvg and in browsers.
    'image-rendering': 'optimizeSpeed',
  });
}
