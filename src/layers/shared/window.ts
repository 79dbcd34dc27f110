import * as z from 'zod/mini';
import { InklingError } from '../../core/errors.js';
import { formatShape, type Pair, type Shape } from '../../core/shape.js';
import { nonNegativeInteger, positiveInteger } from '../../core/validate.js';
import { optional } from '../../core/fields.js';

const bothOf = (size: z.ZodMiniNumberFormat) => z.readonly(z.tuple([size, size]));

/** One size for both directions, or `[vertical, horizontal]`. */
export const pairOf = (size: z.ZodMiniNumberFormat, minimum: number) =>
  z.union([size, bothOf(size)], {
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

/** The pixels that a kernel spans whose taps are `dilation` apart. */
export function dilatedKernel(kernel: Pair, dilation: Pair): Pair {
  return [(kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1];
}

/** The window of a pooling layer, with the default stride filled in. */
export function poolingWindow(layer: {
  readonly kernel: number | Pair;
  readonly stride?: number | Pair | undefined;
}): Window {
  return { kernel: asPair(layer.kernel), stride: asPair(layer.stride ?? layer.kernel) };
}

const SAME = 'same';

/** Zeros on each side of an image: one number for all sides, `[vertical, horizontal]`, or `"same"`. */
export const paddingSize = z.union([nonNegativeInteger, bothOf(nonNegativeInteger), z.literal(SAME)], {
  error: `expected an integer of at least 0, two of them: [vertical, horizontal], or "${SAME}"`,
});

/** The rows above and below an image, and the columns on its left and right, that are zero. */
export interface Padding {
  /** Above, and on the left. */
  readonly begin: Pair;
  /** Below, and on the right. */
  readonly end: Pair;
}

/**
 * The padding of an image. `"same"` is what TensorFlow calls so: as many zeros as it takes for the output to have the size of the image
 * divided by the stride, rounded up, half of them on each side; an odd one is at the end.
 *
 * @param shape of the image, `[height, width, channels]`
 */
export function paddingOf(
  padding: z.infer<typeof paddingSize>,
  { kernel, stride }: Window,
  shape: Shape,
): Padding {
  if (padding !== SAME) return { begin: asPair(padding), end: asPair(padding) };
  const totals = kernel.map((taps, axis) => {
    const outputs = Math.ceil(shape[axis] / stride[axis]);
    return Math.max(0, (outputs - 1) * stride[axis] + taps - shape[axis]);
  });
  const [vertical, horizontal] = totals.map((total) => Math.floor(total / 2));
  return { begin: [vertical, horizontal], end: [totals[0] - vertical, totals[1] - horizontal] };
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
