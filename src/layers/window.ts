import * as z from 'zod/mini';
import { InklingError } from '../core/errors.js';
import { formatShape, type Pair, type Shape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';
import { optional } from '../core/fields.js';

/** One size for both directions, or `[vertical, horizontal]`. */
export const pairOf = (size: z.ZodMiniNumberFormat, minimum: number) =>
  z.union([size, z.readonly(z.tuple([size, size]))], {
    error: `expected an integer of at least ${minimum}, or two of them: [vertical, horizontal]`,
  });

export const windowSize = pairOf(positiveInteger, 1);

export function asPair(value: number | Pair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

/** The fields of a pooling layer. */
export const poolingFields = {
  kernel: windowSize.check(z.describe('Size of the window')),
  stride: optional(windowSize, 'Step between windows', { defaultText: '`kernel`' }),
};

/** How a window moves over an image. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
}

/** The window of a pooling layer, with the default stride filled in. */
export function poolingWindow(layer: {
  readonly kernel: number | Pair;
  readonly stride?: number | Pair | undefined;
}): Window {
  return { kernel: asPair(layer.kernel), stride: asPair(layer.stride ?? layer.kernel) };
}

/** @throws {InklingError} unless the shape is that of an image */
export function imageShape(
  shape: Shape,
  who: string,
): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3) {
    throw new InklingError(
      `${who}: expected an image of height×width×channels, got ${formatShape(shape)}; move the layer before flatten`,
    );
  }
  return [height, width, channels];
}

/** The number of positions of a window that slides over an image. */
export function windowOutput(image: Pair, kernel: Pair, stride: Pair): Pair {
  return [
    Math.floor((image[0] - kernel[0]) / stride[0]) + 1,
    Math.floor((image[1] - kernel[1]) / stride[1]) + 1,
  ];
}

/**
 * The output shape of a pooling layer.
 *
 * @param padding rows and columns on each side of the image
 * @throws {InklingError} when the window is larger than the image
 */
export function pooledShape(
  shape: Shape,
  { kernel, stride }: Window,
  who: string,
  padding: Pair = [0, 0],
): Shape {
  const [height, width, channels] = imageShape(shape, who);
  const padded: Pair = [height + 2 * padding[0], width + 2 * padding[1]];
  if (kernel[0] > padded[0] || kernel[1] > padded[1]) {
    throw new InklingError(
      `${who}: window ${formatShape(kernel)} exceeds its ${formatShape(padded)} input; remove a pooling layer`,
    );
  }
  return [...windowOutput(padded, kernel, stride), channels];
}

/** `3×3` */
export function formatSides(size: number | Pair): string {
  return formatShape(asPair(size));
}

/** A pair as Python writes it: `(3, 3)`. */
export function pythonTuple([vertical, horizontal]: Pair): string {
  return `(${vertical}, ${horizontal})`;
}
