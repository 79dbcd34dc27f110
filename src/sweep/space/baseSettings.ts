import { UsageError } from '../../core/errors.js';
import type { Shape } from '../../core/shape.js';
import { readConfig } from '../../runs/readRun.js';
import { modelSource } from '../../runs/startingConfig.js';
import { parseConfig, type PartialConfig } from '../../train/config.js';
import { recipe, recipeFor } from '../../train/recipes.js';

/** Where settings come from that a sweep neither varies nor states. */
export interface BaseSources {
  /** The name of a recipe. */
  readonly recipe?: string | undefined;
  /** The `config.json` of a run. */
  readonly file?: string | undefined;
}

/** The settings that a sweep starts from; a recipe may depend on the data set's images. */
export interface BaseSettings {
  /** All that are possible. */
  readonly all: readonly PartialConfig[];
  /** Those for images of a shape, `[height, width, channels]`. */
  readonly for: (shape: Shape) => PartialConfig;
}

/**
 * Reads the settings that a sweep starts from.
 *
 * @param stated the settings of the sweep itself, which override them
 * @throws {UsageError} for an unknown recipe, or a recipe together with a file or a backbone
 * @throws {InklingError} when the file cannot be read or is invalid
 */
export function readBase(
  { recipe: name, file }: BaseSources,
  stated: Readonly<Record<string, unknown>>,
): BaseSettings {
  if (name === undefined) {
    const settings = file === undefined ? {} : withoutModel(settingsOf(file), stated);
    return { all: [settings], for: () => settings };
  }
  if (file !== undefined) {
    throw new UsageError('recipe: cannot be used with the settings of a file; leave one of them out');
  }
  if (Object.hasOwn(stated, 'backbone')) {
    throw new UsageError(
      'recipe: cannot be used with a backbone, which has settings of its own; leave one of them out',
    );
  }
  const { gray, color } = recipe(name);
  return {
    all: [gray, color].map((settings) => withoutModel(settings, stated)),
    for: (shape) => withoutModel(recipeFor(name, shape), stated),
  };
}

/** Those of a run; trials are validated on images of another split than a fold. */
function settingsOf(file: string): PartialConfig {
  return { ...withoutDefaults(readConfig(file)), folds: undefined, fold: undefined };
}

/** A file states all settings; a backbone has other defaults. */
function withoutDefaults(settings: PartialConfig): PartialConfig {
  if (settings.backbone !== undefined) return settings;
  const defaults = new Map(Object.entries(parseConfig({})));
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => !areEqual(value, defaults.get(name))),
  );
}

function areEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A run to start from, or a backbone, determines the model. */
function withoutModel(
  { model, ...settings }: PartialConfig,
  stated: Readonly<Record<string, unknown>>,
): PartialConfig {
  const source = modelSource({ ...settings, ...stated });
  return source !== undefined || model === undefined ? settings : { ...settings, model };
}
