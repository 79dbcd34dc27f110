import * as z from 'zod/mini';
import { hasField } from '../../core/arguments/kinds.js';
import { UsageError } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import { checkFineTuning, type Config, configSchema, withDefaults } from '../config.js';
import type { TrainingStart } from '../state/trainingStart.js';
import { PART_REMEDIES } from './partSettings.js';
import type { SettingDocs } from './settingDocs.js';

/** Settings of runs that say where something is read or written, which training in memory does not, and what takes their place. */
const RUN_SETTINGS = {
  model: 'pass the model to fit as model',
  dataset: 'pass the data set to fit as dataset',
  dataDir: 'pass it to loadDataset',
  imageSize: 'pass it to loadDataset',
  skipUnreadable: 'pass it to loadDataset',
  runDir: 'use trainRun to write a run folder',
  name: 'use trainRun to write a run folder',
  initFrom: 'pass what backboneFor returns to fit as backbone',
  backbone: 'pass what backboneFor returns to fit as backbone',
  weights: 'pass what backboneFor returns to fit as backbone',
  ...PART_REMEDIES,
} as const satisfies Partial<Record<keyof Config, string>>;

// Only the names are read.
const fitSchema = z.omit(configSchema, RUN_SETTINGS as unknown as Record<keyof typeof RUN_SETTINGS, true>);

type FitInput = z.input<typeof fitSchema>;

/**
 * The settings of a training; the defaults are the report's.
 *
 * @interface
 */
export type FitSettings = Readonly<FitInput> & Pick<SettingDocs, keyof FitInput>;

/**
 * The configuration of a training in memory.
 *
 * @throws {UsageError} for an unknown setting, an invalid value, a setting that only applies to runs, or a layer to freeze without
 *   trained weights to start from
 */
export function parseFitSettings(settings: unknown, { backbone, resume }: TrainingStart): Config {
  for (const [name, remedy] of Object.entries(RUN_SETTINGS)) {
    if (!hasField(settings, name)) continue;
    throw new UsageError(
      `settings: ${name}: applies only to runs with a folder; leave it out, and ${remedy}`,
    );
  }
  const parsed = validate(fitSchema, settings, 'settings', UsageError);
  checkFineTuning(parsed, 'settings', UsageError);
  const setting = parsed.freeze === undefined ? parsed.fineTune && 'fineTune' : 'freeze';
  if (setting !== undefined && backbone === undefined && resume === undefined) {
    throw new UsageError(
      `settings: ${setting}: requires trained weights; pass what backboneFor returns as backbone`,
    );
  }
  return withDefaults(parsed, UsageError);
}
