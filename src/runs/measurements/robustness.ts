import * as z from 'zod';
import { nonNegativeInteger, positiveInteger } from '../../core/validate.js';
import { CORRUPTIONS } from '../../images/corrupt/corruptions.js';

const countsSchema = z.array(nonNegativeInteger).readonly();

/** How well a model classifies test images that are corrupted. */
export const robustnessSchema = z.object({
  /** The number of test images. */
  total: positiveInteger,
  /** How many are classified correctly as they are. */
  correct: nonNegativeInteger,
  corruptions: z
    .array(
      z.object({
        name: z.enum(CORRUPTIONS),
        /** From the lowest to the highest severity; `corruptions` states the unit. */
        levels: z.array(z.number()).readonly(),
        /** How many images are classified correctly at each level. */
        correct: countsSchema,
      }),
    )
    .readonly(),
});

/**
 * How well a model classifies test images that are corrupted.
 *
 * @interface
 */
export type Robustness = Readonly<z.infer<typeof robustnessSchema>>;
