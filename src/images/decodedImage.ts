import { MAX_BYTE } from '../core/pixels.js';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The pixels of an image, as a decoder or a canvas returns them. */
export interface DecodedImage extends Size {
  /** `[height, width, 4]`: red, green, blue and alpha, each from 0 to 255 */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One number per pixel of an image, such as a color channel. */
export interface Plane extends Size {
  /** `[height, width]` */
  readonly values: Float32Array;
}

/** Weights of red, green and blue in luma. Source: Rec. ITU-R BT.601. */
export const LUMA_WEIGHTS = [0.299, 0.587, 0.114] as const;
const [RED, GREEN, BLUE] = LUMA_WEIGHTS;

/** An image is a drawing without a background if more than this share of its pixels is transparent. */
const MIN_TRANSPARENT_SHARE = 0.5;
/** A drawing is light if its mean luma is above this. */
const MIN_LIGHT_LUMA = 0.5;
/** Any other image is light if nearly all of its visible pixels are lighter than this, so that it would be invisible on white. */
const MIN_WHITE_LUMA = 0.75;
const MIN_WHITE_SHARE = 0.99;

/**
 * The background color of transparent pixels: white, or black if the visible pixels are light. It is the same in training, in
 * prediction, and on the page.
 *
 * @returns 0 or 255
 */
export function backgroundOf({ data }: DecodedImage): number {
  let [opacity, light, white] = [0, 0, 0];
  for (let index = 0; index < data.length / 4; index++) {
    const alpha = data[4 * index + 3] / MAX_BYTE;
    if (alpha === 0) continue;
    const luma = lumaAt(data, index);
    opacity += alpha;
    light += alpha * luma;
    if (luma > MIN_WHITE_LUMA) white += alpha;
  }
  const isDrawing = opacity < (1 - MIN_TRANSPARENT_SHARE) * (data.length / 4);
  const isLight = isDrawing ? light > MIN_LIGHT_LUMA * opacity : white > MIN_WHITE_SHARE * opacity;
  return isLight ? 0 : MAX_BYTE;
}

/** Whether no pixel shows the background. */
export function isOpaque({ data }: DecodedImage): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== MAX_BYTE) return false;
  return true;
}

/** One number per pixel, of which red is the lowest byte: all systems that run WebAssembly are little-endian. */
export function wordsOf(data: DecodedImage['data']): Int32Array {
  const bytes = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(bytes.buffer, bytes.byteOffset, data.length >> 2);
}

function lumaAt(data: DecodedImage['data'], index: number): number {
  return (RED * data[4 * index] + GREEN * data[4 * index + 1] + BLUE * data[4 * index + 2]) / MAX_BYTE;
}
