import type { Shape } from '../core/shape.js';

/**
 * What kind of input a model takes: `digit`, the drawing on an image normalized like MNIST's digits, or `image`, the whole
 * image resized.
 */
export type InputKind = 'digit' | 'image';

/**
 * The input kind of a model that does not state one: square grayscale input is taken for a digit.
 *
 * @param shape the model's input: `[height, width, channels]`
 */
export function defaultInputKind([height, width, channels]: Shape): InputKind {
  return channels === 1 && height === width ? 'digit' : 'image';
}
