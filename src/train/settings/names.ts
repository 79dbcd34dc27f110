import { type Config, configSchema } from '../config.js';

export type Setting = keyof Config;

export const allSettings: readonly Setting[] = Object.keys(configSchema.shape).filter(isSetting);

function isSetting(name: string): name is Setting {
  return Object.hasOwn(configSchema.shape, name);
}

/** Those of a cross-validation, and of how images are divided into groups for it. */
export const FOLD_SETTINGS: readonly Setting[] = ['folds', 'fold', 'group'];
