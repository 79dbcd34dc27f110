import { Option } from 'commander';
import { nameFlags } from '../../core/optionName.js';
import { configSchema, flags } from '../../train/config.js';
import { allSettings, type Setting } from '../../train/settings/names.js';

/** Options of functions that are not settings, and that flags of the same name set. */
const OTHERS: readonly string[] = ['allowTraining', 'apiKey', 'host', 'port', 'recipe', 'seeds', 'store'];

/** The option of the command line that sets a setting. */
export function optionOf(setting: Setting): Option {
  const entry = flags.get(configSchema.shape[setting]);
  if (entry === undefined) throw new Error(`setting ${setting} has no flag`);
  const name = entry.flag ?? inKebabCase(setting);
  return new Option(entry.value === undefined ? `--${name}` : `--${name} <${entry.value}>`, entry.help);
}

/** `image-size` of `imageSize` */
function inKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
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
