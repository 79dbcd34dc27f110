import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { ORIGINAL_REPORT } from '../core/originalReport.js';
import { positiveInteger, validate } from '../core/validate.js';
import { DEFAULT_BATCH_SIZE } from '../models/batchSize.js';
import { checkSchedule } from './schedules.js';
import { dataSettings } from './settings/data.js';
import { fineTuningSettings } from './settings/fineTuning.js';
import { flags } from './settings/flags.js';
import { imageSettings } from './settings/images.js';
import { lossSettings } from './settings/loss.js';
import { optimizationSettings } from './settings/optimization.js';

export { type Flag, flags } from './settings/flags.js';

const randomSeed = z.int().min(0);

/** All settings of a training run, with their defaults: those of the report. */
export const configSchema = z.strictObject({
  model: z
    .string()
    .min(1)
    .default(ORIGINAL_REPORT.model.value)
    .register(flags, { value: 'NAME', help: 'the network to train: the name of a preset, or a JSON file' }),
  ...dataSettings,
  epochs: positiveInteger
    .max(100_000)
    .default(ORIGINAL_REPORT.epochs.value)
    .register(flags, { value: 'N', help: 'passes over the training images' }),
  batchSize: positiveInteger
    .max(65_536)
    .default(DEFAULT_BATCH_SIZE)
    .register(flags, { value: 'N', help: 'images a training step' }),
  ...optimizationSettings,
  ...lossSettings,
  ...imageSettings,
  ...fineTuningSettings,
  seed: randomSeed.default(0).register(flags, {
    value: 'N',
    help: 'initial weights and batch order, as torch.manual_seed(N) gives them',
  }),
  splitSeed: randomSeed
    .default(ORIGINAL_REPORT.splitSeed.value)
    .register(flags, { value: 'N', help: 'which tenth of the training images is kept for validation' }),
  threads: positiveInteger
    .max(256)
    .optional()
    .register(flags, { value: 'N', help: 'worker threads (default: all cores)' }),
  runDir: z
    .string()
    .min(1)
    .default('runs')
    .register(flags, { value: 'FOLDER', help: 'where run folders are made' }),
  name: z
    .string()
    .regex(/^[\w][\w.-]*$/, 'expected letters, digits, "-", "_" and "."')
    .optional()
    .register(flags, { value: 'NAME', help: "the run folder's name (default: model-dataset)" }),
});

/** The settings of a run, complete. */
export type Config = Readonly<z.output<typeof configSchema>>;

/** Some settings; the rest have their defaults. */
export type PartialConfig = Readonly<z.input<typeof configSchema>>;

/** Settings that name a run and its place, and bear on no number of it. */
const PLACE = ['dataDir', 'threads', 'runDir', 'name'] as const satisfies readonly (keyof Config)[];

/** The settings that bear on a run's numbers: another run of the same has the same bits. */
export function numericSettings(config: Config): PartialConfig {
  return Object.fromEntries(
    Object.entries(config).filter(([name]) => !PLACE.some((place) => place === name)),
  );
}

/** @throws {InklingError} that names each unknown setting or wrong value, or two that do not go together */
export function parseConfig(settings: unknown): Config {
  const config = validate(configSchema, settings, 'config');
  checkSchedule(config);
  if (config.freeze !== undefined && config.initFrom === undefined) {
    throw new InklingError(
      'config: freeze: expected initFrom beside it, since layers that never learned are not worth keeping',
    );
  }
  return config;
}
