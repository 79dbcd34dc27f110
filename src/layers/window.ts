import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape, type Pair, type Shape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';

/** One size for both directions, or `[vertical, horizontal]`. */
export const pairOf = (size: z.ZodInt) =>
  z.union([size, z.tuple([size, size]).readonly()], {
    error: `expected a whole number of at least ${String(size.minValue)}, or two of them: [vertical, horizontal]`,
  });

export const windowSize = pairOf(positiveInteger);

export function asPair(value: number | Pair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

/** @throws {InklingError} when a layer that works on images gets something else */
export function imageShape(
  shape: Shape,
  who: string,
): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3) {
    throw new InklingError(
      `${who}: expected an image of height×width×channels, got ${formatShape(shape)}; put it in front of flatten`,
    );
  }
  return [height, width, channels];
}

/** How many places a window takes as it slides over an image. */
export function windowOutput(image: Pair, kernel: Pair, stride: Pair): Pair {
  return [
    Math.floor((image[0] - kernel[0]) / stride[0]) + 1,
    Math.floor((image[1] - kernel[1]) / stride[1]) + 1,
  ];
}

/**
 * What pooling makes of an image.
 *
 * @throws {InklingError} when the window does not fit into it
 */
export function pooledShape(
  shape: Shape,
  { kernel, stride }: { readonly kernel: Pair; readonly stride: Pair },
  who: string,
): Shape {
  const [height, width, channels] = imageShape(shape, who);
  if (kernel[0] > height || kernel[1] > width) {
    throw new InklingError(
      `${who}: window ${formatShape(kernel)} exceeds its ${formatShape([height, width])} input; drop a pooling layer`,
    );
  }
  return [...windowOutput([height, width], kernel, stride), channels];
}
