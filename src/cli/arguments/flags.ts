import { type Command, Option } from 'commander';
import * as z from 'zod/mini';
import { type Config, configSchema, checkConfig, type PartialConfig } from '../../train/config.js';
import type { Setting } from '../../train/settings/names.js';
import type { OutputOptions } from '../terminal/output.js';
import { readExcluded } from './excluded.js';
import { optionOf } from './flagNames.js';
import { parseValue } from './values.js';

/**
 * Adds the flags of some settings to a command.
 *
 * @param defaults whether an omitted flag has the setting's default or no value
 */
export function addSettings(
  command: Command,
  settings: readonly Setting[],
  defaults: 'settings' | 'none' = 'settings',
): void {
  for (const setting of settings) {
    const schema = configSchema.shape[setting];
    const option = optionOf(setting);
    if (setting === 'exclude') option.argParser(readExcluded);
    else if (option.required) option.argParser((word) => parseValue(schema, word, `--${option.name()}`));
    if (defaults === 'settings' && 'defaultValue' in schema.def) option.default(schema.def.defaultValue);
    command.addOption(option);
  }
}

/** The settings on the command line; the others have their defaults. */
export function configFrom(command: Command, settings: readonly Setting[]): Config {
  return checkConfig(settingsFrom(command, settings));
}

/** Only the settings that are on the command line. */
export function settingsFrom(command: Command, settings: readonly Setting[]): PartialConfig {
  const values: Record<string, unknown> = command.opts();
  return Object.fromEntries(
    settings
      .map((setting) => [setting, optionOf(setting).attributeName()] as const)
      .filter(([, name]) => command.getOptionValueSource(name) === 'cli')
      .map(([setting, name]) => [setting, values[name]]),
  );
}

/** An option that has one of a few names as value. */
export function choiceOption(flags: string, description: string, names: readonly string[]): Option {
  const option = new Option(flags, description).choices(names);
  return option.argParser((word) => parseValue(z.enum(names), word, `--${option.name()}`));
}

export function addJsonFlag(command: Command): void {
  command.option('--json', 'print only the result, as JSON, to standard output');
}

export function addQuietFlag(command: Command): void {
  command.option('--quiet', 'print only the result, in one line, and errors');
}

/** The verbosity that `--json` and `--quiet` select. */
export function outputOptionsFrom(command: Command): OutputOptions {
  return command.opts<OutputOptions>();
}

/** Adds examples to the end of a command's help, each with a description. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [line: string, what: string])[],
): void {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, what]) => `  ${line.padEnd(width)}   ${what}`);
  command.addHelpText('after', ['', 'Examples:', ...lines].join('\n'));
}
