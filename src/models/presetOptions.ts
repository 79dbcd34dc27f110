import * as z from 'zod/mini';
import type { Shape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';

/** What a preset takes from the data set. */
export interface PresetOptions {
  /** One image: `[height, width, channels]`. */
  readonly input: Shape;
  readonly classes: number;
}

export const presetOptionsSchema = z.strictObject({
  input: z.tuple([positiveInteger, positiveInteger, positiveInteger]),
  classes: positiveInteger,
});
