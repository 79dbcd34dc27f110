import type { Shape } from '../core/shape.js';

/** How a picture becomes a model's image: its ink, set as MNIST's images were, or the whole of it, resized. */
export type PictureFit = 'ink' | 'whole';

/**
 * How pictures become images of models that do not say: models of square grey images were trained on ink.
 *
 * @param shape of the model's images: `[height, width, channels]`
 */
export function usualFitOf([height, width, channels]: Shape): PictureFit {
  return channels === 1 && height === width ? 'ink' : 'whole';
}
