import { MAX_BYTE } from '../core/pixels.js';
/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture as a decoder or a canvas gives it. */
export interface Picture extends Size {
  /** `[height, width, 4]`: red, green, blue and opacity, each from 0 to 255 */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Numbers for each place of a picture. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** `[height, width]` */
  readonly values: Float32Array;
}

/** Above this share of transparent pixels, what is opaque is the drawing itself, and there is no paper. */
const DRAWING_ON_GLASS = 0.5;

/** Shares of red, green and blue in brightness; Rec. ITU-R BT.601. */
export const BRIGHTNESS_SHARES = [0.299, 0.587, 0.114] as const;
const [RED, GREEN, BLUE] = BRIGHTNESS_SHARES;

/**
 * Brightness of each pixel, from 0 (black) to 1 (white). What is transparent shows white paper, or black where a drawing
 * without paper is light itself.
 */
export function brightnessOf({ width, height, data }: Picture): Plane {
  const values = new Float32Array(width * height);
  let opaque = 0;
  let light = 0;
  for (let at = 0; at < values.length; at++) {
    const opacity = data[4 * at + 3] / MAX_BYTE;
    values[at] = brightnessAt(data, at);
    opaque += opacity;
    light += opacity * values[at];
  }
  const isOnGlass = opaque < (1 - DRAWING_ON_GLASS) * values.length;
  const paper = isOnGlass && light > opaque / 2 ? 0 : 1;
  for (let at = 0; at < values.length; at++) {
    values[at] = paper + (values[at] - paper) * (data[4 * at + 3] / MAX_BYTE);
  }
  return { width, height, values };
}

function brightnessAt(data: Picture['data'], at: number): number {
  return (RED * data[4 * at] + GREEN * data[4 * at + 1] + BLUE * data[4 * at + 2]) / MAX_BYTE;
}
