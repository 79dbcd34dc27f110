import { type Command, Option } from 'commander';
import { UsageError } from '../../core/errors.js';
import type { Shape } from '../../core/shape.js';
import { type Config, parseConfig, type PartialConfig } from '../../train/config.js';
import { recipe, recipeFor, recipeNames } from '../../train/recipes.js';
import { readConfig } from '../../runs/readRun.js';

interface Options {
  readonly recipe?: string;
  readonly config?: string;
}

/** Adds the flags that name settings to start from, which other flags change. */
export function addStartingPoint(command: Command): void {
  command.addOption(
    new Option('--recipe <NAME>', `settings that go well together: ${recipeNames.join(', ')}`).conflicts(
      'config',
    ),
  );
  command.option('--config <FILE>', 'the settings of another run, from its config.json');
}

/** Settings of the command line on top of those it starts from. */
export interface StartedConfig {
  /** What is known before the data set is there. */
  readonly asked: Config;
  /** All settings, for images of a shape. */
  readonly complete: (shape: Shape) => Config;
}

/**
 * @param named the settings that have flags on the command line
 * @throws {InklingError} when the settings do not go together; for a recipe's, with those of the command line
 */
export function startFrom(command: Command, named: PartialConfig): StartedConfig {
  const { recipe: name, config: file } = command.opts<Options>();
  if (named.initFrom !== undefined && named.model !== undefined) {
    throw new UsageError('--model: cannot be used with --init-from, which names the network; leave it out');
  }
  if (name !== undefined) {
    const { grey, colour } = recipe(name);
    // Both, so that what is wrong is told before a data set is downloaded.
    const [asked] = [grey, colour].map((settings) => parseConfig({ ...settings, ...named }));
    return { asked, complete: (shape) => parseConfig({ ...recipeFor(name, shape), ...named }) };
  }
  const base = file === undefined ? {} : readConfig(file);
  const asked = parseConfig({ ...base, ...named });
  return { asked, complete: () => asked };
}
