import { configSchema } from '../config.js';
import { type Flag, flags } from './flags.js';
import type { Setting } from './names.js';

/** The flag of a setting, with its name, such as `image-size`. */
export function flagOf(setting: Setting): Flag & { readonly name: string } {
  const entry = flags.get(configSchema.shape[setting]);
  if (entry === undefined) throw new Error(`setting ${setting} has no flag`);
  return { ...entry, name: entry.flag ?? inKebabCase(setting) };
}

/** `image-size` of `imageSize` */
export function inKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
