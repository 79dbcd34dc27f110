import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { UsageError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { unknownName } from '../core/suggest.js';
import type { PartialConfig } from './config.js';

/** Settings that work well together; all others have their defaults. */
export interface Recipe {
  readonly description: string;
  /** For gray images, such as digits: they must not be flipped. */
  readonly gray: PartialConfig;
  /** For color images, such as photographs. */
  readonly color: PartialConfig;
}

const fast = {
  batchSize: 64,
  learningRate: 0.01,
  schedule: 'one-cycle',
} as const satisfies PartialConfig;

const best = {
  batchSize: 64,
  optimizer: 'adamw',
  learningRate: 0.003,
  weightDecay: 0.02,
  schedule: 'one-cycle',
  clipNorm: 5,
  emaDecay: 0.999,
} as const satisfies PartialConfig;

const RECIPES: Readonly<Record<string, Recipe>> = {
  report: { description: 'the settings of the original report, which are the defaults', gray: {}, color: {} },
  fast: {
    description: 'close to the best accuracy, in seconds',
    gray: { ...fast, epochs: 1, model: 'small-cnn', labelSmoothing: 0.1 },
    color: { ...fast, epochs: 2 },
  },
  best: {
    description: 'the best accuracy, in minutes to hours',
    gray: {
      ...best,
      epochs: 30,
      model: 'deep-cnn-dropout',
      augment: { shift: 2, rotate: 10, scale: 0.1 },
    },
    color: {
      ...best,
      epochs: 10,
      model: 'resnet-small',
      augment: { crop: 4, flip: true, border: 'reflect' },
      tta: { flip: true },
    },
  },
};

/** The names that {@link recipe} accepts. */
export const recipeNames: readonly string[] = Object.keys(RECIPES);

/**
 * The recipe of a name.
 *
 * @throws {UsageError} for an unknown name
 */
export function recipe(name: string): Recipe {
  checkValues('recipe', { name }, { name: kinds.text });
  if (!Object.hasOwn(RECIPES, name)) throw new UsageError(unknownName('recipe', name, recipeNames));
  return RECIPES[name];
}

/**
 * The settings of a recipe for a data set.
 *
 * @param shape of its images, `[height, width, channels]`
 * @throws {UsageError} for an unknown name
 */
export function recipeFor(name: string, [, , channels]: Shape): PartialConfig {
  const { gray, color } = recipe(name);
  return channels === 1 ? gray : color;
}
