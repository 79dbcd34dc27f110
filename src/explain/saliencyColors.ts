import { MAX_BYTE, type Rgb } from '../core/pixels.js';
import { colorOfValue, mixColors } from './colorMap.js';
import type { Saliency } from './explainer.js';

/** What counts for a class is blue, what counts against it orange: the colors of Okabe and Ito on light backgrounds. */
export const SIGN_COLORS: SignColors = { supporting: [0, 114, 178], opposing: [213, 94, 0] };

export interface SignColors {
  readonly supporting: Rgb;
  readonly opposing: Rgb;
}

const GRAY: Rgb = [128, 128, 128];
/** Contrast that remains of an image under colors for signs. */
const IMAGE_CONTRAST = 0.5;
/** Opacity of a heat map over the image. */
const HEAT_OPACITY = 0.6;

/**
 * Colors an image by its saliency. Where values have signs, pixels without an effect are gray; a drawing keeps its shape, and an image a
 * faint version of its brightness. Class activation maps are laid over the brightness of the image as a heat map.
 *
 * @param pixels `[height, width, channels]`, from 0 to 1
 * @param saliency of this image
 * @returns RGBA bytes
 */
export function colorBySaliency(
  pixels: Float32Array,
  { method, values }: Pick<Saliency, 'method' | 'values'>,
  colors: SignColors,
): Uint8ClampedArray<ArrayBuffer> {
  const channels = pixels.length / values.length;
  const rgba = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, i) => {
    const brightness = mean(pixels, i * channels, channels);
    const [color, opacity] =
      method === 'occlusion'
        ? colorOfSign(value, brightness, channels === 1, colors)
        : [mixColors(grayOf(brightness), colorOfValue(value), HEAT_OPACITY), 1];
    rgba.set([...color, MAX_BYTE * opacity], i * 4);
  });
  return rgba;
}

function colorOfSign(
  value: number,
  brightness: number,
  isDrawing: boolean,
  { supporting, opposing }: SignColors,
): readonly [color: Rgb, opacity: number] {
  const strength = Math.min(1, Math.abs(value) * 1.5);
  const base = isDrawing ? GRAY : grayOf(1 - IMAGE_CONTRAST * (1 - brightness));
  const color = mixColors(base, value >= 0 ? supporting : opposing, strength);
  return [color, isDrawing ? brightness * (0.35 + 0.65 * strength) : 1];
}

function grayOf(brightness: number): Rgb {
  const level = MAX_BYTE * brightness;
  return [level, level, level];
}

function mean(values: Float32Array, first: number, count: number): number {
  return values.subarray(first, first + count).reduce((sum, value) => sum + value, 0) / count;
}
