import * as z from 'zod/mini';
import { optional } from '../core/fields.js';
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

/** The preset's own value. */
const PRESET = { defaultText: 'that of the preset' };

export const architectureSchema = z.strictObject({
  width: optional(
    positiveInteger.check(z.maximum(1024)),
    'Channels of the first convolution, to which those of the others are proportional; of `mlp`, units of each hidden layer',
    PRESET,
  ),
  depth: optional(
    positiveInteger.check(z.maximum(8)),
    'Blocks of `report-cnn` and `small-cnn`; convolutions of each stage of `deep-cnn`; residual blocks of each stage of `resnet-small`; hidden layers of `mlp`',
    PRESET,
  ),
  dropout: optional(
    z.number().check(z.minimum(0), z.maximum(0.95)),
    'Probability of dropout before the last linear layer; of `mlp`, after each hidden layer',
    PRESET,
  ),
});

/**
 * The width, depth, and dropout of a preset, which have defaults. Which of them a preset has is in the documentation of the models.
 *
 * @interface
 */
export type ArchitectureOptions = Readonly<z.infer<typeof architectureSchema>>;

type ArchitectureOption = keyof ArchitectureOptions;

/** A value for each option. */
export type Architecture = Readonly<Record<ArchitectureOption, number>>;

export const architectureOptions: readonly ArchitectureOption[] = ['width', 'depth', 'dropout'];
