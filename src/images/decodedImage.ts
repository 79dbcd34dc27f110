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
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** `[height, width]` */
  readonly values: Float32Array;
}

/** If more than this share of the pixels is transparent, the opaque pixels are the drawing and there is no background. */
const MIN_TRANSPARENT_SHARE = 0.5;

/** Weights of red, green and blue in luma. Source: Rec. ITU-R BT.601. */
export const LUMA_WEIGHTS = [0.299, 0.587, 0.114] as const;
const [RED, GREEN, BLUE] = LUMA_WEIGHTS;

/**
 * Converts an image to grayscale, from 0 (black) to 1 (white). Transparent pixels become white, or black if the image is a
 * light drawing without a background.
 */
export function toGrayscale({ width, height, data }: DecodedImage): Plane {
  const values = new Float32Array(width * height);
  let opacity = 0;
  let light = 0;
  for (let index = 0; index < values.length; index++) {
    const alpha = data[4 * index + 3] / MAX_BYTE;
    values[index] = lumaAt(data, index);
    opacity += alpha;
    light += alpha * values[index];
  }
  const isTransparent = opacity < (1 - MIN_TRANSPARENT_SHARE) * values.length;
  const background = isTransparent && light > opacity / 2 ? 0 : 1;
  for (let index = 0; index < values.length; index++) {
    values[index] = background + (values[index] - background) * (data[4 * index + 3] / MAX_BYTE);
  }
  return { width, height, values };
}

function lumaAt(data: DecodedImage['data'], index: number): number {
  return (RED * data[4 * index] + GREEN * data[4 * index + 1] + BLUE * data[4 * index + 2]) / MAX_BYTE;
}
