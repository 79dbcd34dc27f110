import { encode } from 'fast-png';
import type { Shape } from '../../core/shape.js';
import { element } from '../markup.js';

/** A square of a drawing that holds a picture made of pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Of positive and of negative numbers: the palette's first and second series, on any paper. */
const SIGNS = { positive: [0, 114, 178], negative: [213, 94, 0] } as const;

/**
 * An image of a data set. One with a single channel is ink on whatever paper it lies on.
 *
 * @param shape `[height, width, channels]`: three channels are red, green and blue; of other numbers, the first is shown
 * @param pixels of this shape, from 0 (background) to 255 (ink)
 */
export function imageAt(place: Place, shape: Shape, pixels: ArrayLike<number>): string {
  const [height, width, channels] = shape;
  if (channels === 3) return pngAt(place, { width, height, channels, data: Uint8Array.from(pixels) });
  const ink = Array.from({ length: width * height }, (_, pixel) => pixels[pixel * channels]);
  return inkAt(place, width, height, ink);
}

/**
 * Numbers that are not negative, as ink: the largest is the blackest.
 *
 * @param values `[height, width]`
 */
export function mapAt(place: Place, width: number, height: number, values: readonly number[]): string {
  const scale = 255 / Math.max(...values, Number.MIN_VALUE);
  return inkAt(
    place,
    width,
    height,
    values.map((value) => value * scale),
  );
}

/**
 * Numbers of either sign, as the strength of two colours.
 *
 * @param values `[height, width]`
 * @param largest the magnitude of full strength
 */
export function signedAt(
  place: Place,
  width: number,
  height: number,
  values: readonly number[],
  largest: number,
): string {
  const data = values.flatMap((value) => [
    ...(value < 0 ? SIGNS.negative : SIGNS.positive),
    (255 * Math.abs(value)) / largest,
  ]);
  return pngAt(place, { width, height, channels: 4, data: Uint8Array.from(data) });
}

function inkAt(place: Place, width: number, height: number, opacities: readonly number[]): string {
  const data = Uint8Array.from(opacities.flatMap((opacity) => [0, opacity]));
  return pngAt(place, { width, height, channels: 2, data }, 'ink');
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 2 | 3 | 4;
  readonly data: Uint8Array;
}

/** Each pixel stays a sharp square, whatever its size. */
function pngAt({ x, y, size }: Place, pixels: Pixels, className?: string): string {
  const png = encode({ ...pixels, depth: 8 });
  return element('image', {
    class: className,
    href: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    x,
    y,
    width: size,
    height: size,
    'image-rendering': 'optimizeSpeed',
  });
}
