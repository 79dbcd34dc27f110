import { MAX_BYTE } from '../../../core/pixels.js';
import type { TiffTags } from './tiffTags.js';

/** How samples are interpreted. Source: TIFF 6.0, section 8. */
const WHITE_IS_ZERO = 0;
const BLACK_IS_ZERO = 1;
const RGB = 2;
const PALETTE = 3;
const CMYK = 5;
const UNSIGNED = 1;
/** Colors, alpha, and what some programs add. */
const MAX_SAMPLES = 16;

/** The color samples of a pixel, by interpretation. */
const COLOR_SAMPLES: Readonly<Partial<Record<number, number>>> = {
  [WHITE_IS_ZERO]: 1,
  [BLACK_IS_ZERO]: 1,
  [RGB]: 3,
  [PALETTE]: 1,
  [CMYK]: 4,
};

/** @param unsupported makes the error for tags that are not supported */
export function checkSamples(
  { bits, samples, photometric, sampleFormat }: TiffTags,
  unsupported: (what: string) => Error,
): void {
  const colors = COLOR_SAMPLES[photometric];
  if (colors === undefined || samples < colors) throw unsupported(`color space ${photometric}`);
  if (samples > MAX_SAMPLES) throw unsupported(`${samples} samples per pixel`);
  if (![1, 2, 4, 8, 16].includes(bits) || sampleFormat !== UNSIGNED) {
    throw unsupported(`${bits} bits per sample of format ${sampleFormat}`);
  }
}

/**
 * Converts samples to red, green, blue and alpha.
 *
 * @param data in rows that start at whole bytes; samples of two bytes are little-endian
 */
export function samplesToPixels(data: Uint8Array, tags: TiffTags): Uint8Array {
  const { width, height, bits, samples, photometric, extraSample } = tags;
  const colors = COLOR_SAMPLES[photometric] ?? 1;
  const rowBytes = Math.ceil((width * samples * bits) / 8);
  if (data.length < rowBytes * height) throw new Error('truncated');
  const sampleAt = (row: number, index: number) => {
    if (bits === 16) return data[row * rowBytes + 2 * index + 1];
    const byte = data[row * rowBytes + ((index * bits) >> 3)];
    return (byte >> (8 - bits - ((index * bits) & 7))) & (2 ** bits - 1);
  };
  const scale = photometric === PALETTE ? 1 : MAX_BYTE / (2 ** Math.min(bits, 8) - 1);
  const hasAlpha = samples > colors && (extraSample === 1 || extraSample === 2);
  const toRgb = colorConverter(tags);
  const pixels = new Uint8Array(4 * width * height).fill(MAX_BYTE);
  const color = new Array<number>(colors).fill(0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < colors; i++) color[i] = scale * sampleAt(y, x * samples + i);
      const alpha = hasAlpha ? sampleAt(y, x * samples + colors) : MAX_BYTE;
      const isPremultiplied = extraSample === 1 && alpha > 0;
      const rgb = toRgb(color);
      const at = 4 * (y * width + x);
      for (let i = 0; i < 3; i++) {
        pixels[at + i] = Math.min(MAX_BYTE, isPremultiplied ? (rgb[i] * MAX_BYTE) / alpha : rgb[i]);
      }
      pixels[at + 3] = alpha;
    }
  }
  return pixels;
}

function colorConverter({
  photometric,
  bits,
  colors,
}: TiffTags): (color: readonly number[]) => readonly number[] {
  switch (photometric) {
    case WHITE_IS_ZERO:
      return ([value]) => [MAX_BYTE - value, MAX_BYTE - value, MAX_BYTE - value];
    case BLACK_IS_ZERO:
      return ([value]) => [value, value, value];
    case PALETTE:
      return ([index]) => [0, 1, 2].map((channel) => (colors[channel * 2 ** bits + index] ?? 0) >> 8);
    case CMYK:
      return ([cyan, magenta, yellow, black]) =>
        [cyan, magenta, yellow].map((ink) => ((MAX_BYTE - ink) * (MAX_BYTE - black)) / MAX_BYTE);
    default:
      return (color) => color;
  }
}
