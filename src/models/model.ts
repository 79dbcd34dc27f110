import * as z from 'zod/mini';
import { optional } from '../core/fields.js';
import { nonEmptyString, positiveInteger } from '../core/validate.js';
import { layerSchema } from '../layers/index.js';

export const modelSchema = z.strictObject({
  name: nonEmptyString,
  /** One input image: `[height, width, channels]`. */
  input: z.readonly(z.tuple([positiveInteger, positiveInteger, positiveInteger])),
  layers: z.readonly(z.array(layerSchema).check(z.minLength(1))),
  probesWithZeros: optional(
    z.boolean(),
    'Passes one image of zeros through the layers before the first `linear`, in training mode, after initialization: for ' +
      'parity with PyTorch programs whose constructor does so to find out an output size, which updates running statistics',
    { default: false },
  ),
});

/**
 * A network without its weights: data that can be saved, printed and compiled.
 *
 * @interface
 */
export type Model = Readonly<z.infer<typeof modelSchema>>;
