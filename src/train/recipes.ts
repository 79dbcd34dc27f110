import { UsageError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { didYouMean } from '../core/suggest.js';
import type { PartialConfig } from './config.js';

/** Settings that go well together. Whatever they leave out has its default. */
export interface Recipe {
  readonly description: string;
  /** For grey images, such as digits: they must not be mirrored. */
  readonly grey: PartialConfig;
  /** For colour images, such as photographs. */
  readonly colour: PartialConfig;
}

const fast = {
  epochs: 2,
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
  report: { description: 'the settings of the report: the defaults', grey: {}, colour: {} },
  fast: { description: 'nearly as good as it gets, in seconds', grey: fast, colour: fast },
  best: {
    description: 'as good as it gets, in its own time',
    grey: {
      ...best,
      epochs: 30,
      model: 'deep-cnn-dropout',
      augment: { shift: 2, rotate: 10, scale: 0.1 },
    },
    colour: {
      ...best,
      epochs: 10,
      model: 'resnet-small',
      augment: { crop: 4, flip: true, border: 'reflect' },
      tta: { flip: true },
    },
  },
};

export const recipeNames: readonly string[] = Object.keys(RECIPES);

/**
 * A recipe by its name.
 *
 * @throws {UsageError} for an unknown name
 */
export function recipe(name: string): Recipe {
  if (!Object.hasOwn(RECIPES, name)) {
    throw new UsageError(
      `recipe "${name}" is unknown.${didYouMean(name, recipeNames)} Known recipes: ${recipeNames.join(', ')}`,
    );
  }
  return RECIPES[name];
}

/**
 * The settings of a recipe for a data set.
 *
 * @param shape of its images, `[height, width, channels]`
 * @throws {UsageError} for an unknown name
 */
export function recipeFor(name: string, [, , channels]: Shape): PartialConfig {
  const { grey, colour } = recipe(name);
  return channels === 1 ? grey : colour;
}
