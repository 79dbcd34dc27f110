import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';
import { layerSchema } from '../layers/index.js';
import { type ResolvedLayer, Placement } from './placement.js';

export const modelSchema = z.strictObject({
  name: z.string().min(1),
  /** One input image: `[height, width, channels]`. */
  input: z.tuple([positiveInteger, positiveInteger, positiveInteger]).readonly(),
  layers: z.array(layerSchema).min(1).readonly(),
  /**
   * True for a network whose PyTorch constructor sends one image of zeros through all layers in front of the first linear
   * one, in training mode, to learn how long the flattened vector is: that moves their running statistics once.
   */
  probesWithZeros: z.boolean().optional(),
});

/** What a network is, apart from its weights: data that can be saved, printed and compiled. */
export type Model = Readonly<z.infer<typeof modelSchema>>;

/**
 * Every layer with the shapes that flow in and out of it.
 *
 * @throws {InklingError} naming the first layer that cannot take what it gets
 */
export function inferShapes(model: Model): readonly ResolvedLayer[] {
  const placed = new Placement(model.name).place(model.layers, { shape: model.input });
  const { shape } = placed[placed.length - 1].output;
  if (shape.length !== 1) {
    throw new InklingError(
      `${model.name}: its last layer gives an image of ${formatShape(shape)}; end with flatten and linear`,
    );
  }
  return placed;
}

/** How many classes a model tells apart. */
export function classCountOf(model: Model): number {
  return inferShapes(model).at(-1)?.output.shape[0] ?? 0;
}
