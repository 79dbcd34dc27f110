import { z } from 'zod';
import { positiveInteger } from '../core/validate.js';
import { layerSchema } from '../layers/index.js';

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
