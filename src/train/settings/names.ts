import * as z from 'zod/mini';
import { type Config, configSchema } from '../config.js';

export type Setting = keyof Config;

export const allSettings: readonly Setting[] = z.keyof(configSchema).options;

/** Those of a cross-validation. */
export const FOLD_SETTINGS: readonly Setting[] = ['folds', 'fold'];
