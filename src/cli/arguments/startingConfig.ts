import { type Command, Option } from 'commander';
import { type ConfigSources, type StartingConfig, startingConfig } from '../../runs/startingConfig.js';
import { recipeNames } from '../../train/recipes.js';
import { settingsFrom } from './flags.js';
import type { Setting } from '../../train/settings/names.js';

/** Adds the flags that select settings to start from; other flags override them. */
export function addStartingFlags(command: Command): void {
  command.addOption(
    new Option('--recipe <NAME>', `start from a recipe: ${recipeNames.join(', ')}`).conflicts('config'),
  );
  command.option('--config <FILE>', "start from another run's settings, in its config.json");
}

/** What `--recipe` and `--config` name. */
export function startingSourcesFrom(command: Command): Pick<ConfigSources, 'recipe' | 'file'> {
  const { recipe, config: file } = command.opts<{ recipe?: string; config?: string }>();
  return { recipe, file };
}

/** @throws what `startingConfig` throws */
export function startingConfigFrom(command: Command, settings: readonly Setting[]): StartingConfig {
  return startingConfig({ settings: settingsFrom(command, settings), ...startingSourcesFrom(command) });
}
