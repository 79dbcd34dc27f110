import { Option } from 'commander';
import { nameFlags } from '../../core/optionName.js';
import { flagOf, inKebabCase } from '../../train/settings/flagOf.js';
import { allSettings, type Setting } from '../../train/settings/names.js';

/** Options of functions that are not settings, and that flags of the same name set. */
const OTHERS: readonly string[] = [
  'allowTraining',
  'apiKey',
  'host',
  'port',
  'pretrained',
  'recipe',
  'seeds',
  'store',
];

/** The option of the command line that sets a setting. */
export function optionOf(setting: Setting): Option {
  const { name, value, help } = flagOf(setting);
  return new Option(value === undefined ? `--${name}` : `--${name} <${value}>`, help);
}

/** The name of a setting's flag, without its dashes. */
export function flagNameOf(setting: Setting): string {
  return optionOf(setting).name();
}

/** A message in which options have the names of their flags. */
export function withFlags(message: string): string {
  return nameFlags(message, (name) => {
    const setting = allSettings.find((each) => each === name);
    if (setting !== undefined) return `--${flagNameOf(setting)}`;
    return OTHERS.includes(name) ? `--${inKebabCase(name)}` : undefined;
  });
}
