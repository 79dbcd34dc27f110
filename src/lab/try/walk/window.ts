import type { Layer, Shape } from '#inkling/index.js';

/** A rectangle of an image, in pixels; with padding, it may begin before the image and end after it. */
export interface InputWindow {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** One number for both axes, or `[vertical, horizontal]`. */
type Sides = number | readonly [vertical: number, horizontal: number];

/**
 * The part of its input from which a layer computes the output in a row and column.
 *
 * @param input the shape of the input, `[height, width, channels]`
 * @returns undefined for a layer that reads all of its input, or one number
 */
export function windowOf(layer: Layer, input: Shape, row: number, column: number): InputWindow | undefined {
  switch (layer.type) {
    case 'conv2d': {
      const { kernel, stride = 1, padding = 0 } = layer;
      return padding === 'same' ? undefined : slide(kernel, stride, padding, row, column);
    }
    case 'maxPool2d':
      return slide(layer.kernel, layer.stride ?? layer.kernel, layer.padding ?? 0, row, column);
    case 'avgPool2d':
      return slide(layer.kernel, layer.stride ?? layer.kernel, 0, row, column);
    case 'globalAvgPool2d':
      return { top: 0, left: 0, height: input[0], width: input[1] };
    default:
      return undefined;
  }
}

function slide(kernel: Sides, stride: Sides, padding: Sides, row: number, column: number): InputWindow {
  const [height, width] = pairOf(kernel);
  const [down, right] = pairOf(stride);
  const [above, before] = pairOf(padding);
  return { top: row * down - above, left: column * right - before, height, width };
}

function pairOf(sides: Sides): readonly [number, number] {
  return typeof sides === 'number' ? [sides, sides] : sides;
}
