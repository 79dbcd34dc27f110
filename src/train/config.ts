import { backboneNames } from '../backbones/backboneNames.js';
import { FILE_NAME } from '../core/files/fileName.js';
import * as z from 'zod/mini';
import { type ErrorClass, InklingError, UsageError } from '../core/errors.js';
import { option } from '../core/optionName.js';
import * as originalReport from '../core/originalReport.js';
import { listNames } from '../core/suggest.js';
import { nonEmptyString, nonNegativeInteger, positiveInteger, validate } from '../core/validate.js';
import { DEFAULT_BATCH_SIZE } from '../models/batchSize.js';
import { checkSchedule } from './optimization/schedules.js';
import { dataSettings } from './settings/data.js';
import { fineTuningSettings } from './settings/fineTuning.js';
import { flags } from './settings/flags.js';
import { imageSettings } from './settings/images.js';
import { lossSettings } from './settings/loss.js';
import { optimizationSettings } from './settings/optimization.js';
import { partSettings } from './settings/partSettings.js';
import type { SettingDocs } from './settings/settingDocs.js';

export { type Flag, flags } from './settings/flags.js';

/** All settings of a training run, with their defaults, which are those of the report. */
export const configSchema = z.strictObject({
  model: z._default(nonEmptyString, originalReport.model.value).register(flags, {
    value: 'NAME',
    help: 'name of a preset, also with options such as mlp:width=32,depth=2, or JSON file with an architecture; see inkling summary --help',
  }),
  ...dataSettings,
  epochs: z
    ._default(positiveInteger.check(z.maximum(100_000)), originalReport.epochs.value)
    .register(flags, { value: 'N', help: 'number of epochs' }),
  batchSize: z
    ._default(positiveInteger.check(z.maximum(65_536)), DEFAULT_BATCH_SIZE)
    .register(flags, { value: 'N', help: 'number of images per training step' }),
  ...optimizationSettings,
  ...lossSettings,
  ...imageSettings,
  ...fineTuningSettings,
  seed: z._default(nonNegativeInteger, 0).register(flags, {
    value: 'N',
    help: 'random seed, as with torch.manual_seed(N)',
  }),
  splitSeed: z._default(nonNegativeInteger, originalReport.splitSeed.value).register(flags, {
    value: 'N',
    help: 'random seed for the validation split',
  }),
  ...partSettings,
  threads: z
    .optional(positiveInteger.check(z.maximum(256)))
    .register(flags, { value: 'N', help: 'number of worker threads (default: one per core)' }),
  device: z._default(z.enum(['cpu', 'gpu', 'auto']), 'cpu').register(flags, {
    value: 'NAME',
    help: 'what trains: cpu; gpu, through WebGPU; or auto, the faster one in a short trial',
  }),
  runDir: z
    ._default(nonEmptyString, 'runs')
    .register(flags, { value: 'FOLDER', help: 'folder that contains the run folders' }),
  name: z
    .optional(z.string().check(z.regex(FILE_NAME, 'expected letters, digits, "-", "_" and "."')))
    .register(flags, {
      value: 'NAME',
      help: 'name of the run folder, without its number (default: MODEL-DATASET)',
    }),
});

/**
 * All settings of a run.
 *
 * @interface
 */
export type Config = Readonly<z.output<typeof configSchema>> & SettingDocs;

/**
 * Some settings of a run; the others have their defaults.
 *
 * @interface
 */
export type PartialConfig = Readonly<z.input<typeof configSchema>> & SettingDocs;

/** Settings that do not affect a run's results. */
const WITHOUT_EFFECT = ['dataDir', 'threads', 'runDir', 'name'] as const satisfies readonly (keyof Config)[];

/** The settings that affect a run's results: runs that share them have bit-identical results on the same device. */
export function numericSettings(config: Config): PartialConfig {
  return Object.fromEntries(
    Object.entries(config).filter(([name]) => !WITHOUT_EFFECT.some((setting) => setting === name)),
  );
}

/**
 * The settings of a run, with their defaults.
 *
 * @throws {UsageError} that names each unknown setting and invalid value, or settings that are inconsistent
 */
export function parseConfig(settings: unknown): Config {
  return checkConfig(settings, UsageError);
}

/** Like `parseConfig`, for settings that may come from a file. */
export function checkConfig(settings: unknown, Thrown: ErrorClass = InklingError): Config {
  const config = withDefaults(settings, Thrown);
  checkFineTuning(config, 'config', Thrown);
  checkStart(config, Thrown);
  checkLimits(config, Thrown);
  return config;
}

/** Like `checkConfig`, but without what training starts from. */
export function withDefaults(settings: unknown, Thrown: ErrorClass): Config {
  const config = validate(configSchema, settings, 'config', Thrown);
  checkSchedule(config, Thrown);
  if (config.sampling === 'balanced' && config.classWeights === 'balanced') {
    throw new Thrown(
      'config: sampling: balanced sampling shows all classes equally often, so that rare ones would count more than frequent ones with balanced class weights; leave out one of sampling and classWeights',
    );
  }
  return config;
}

/** @throws {Thrown} for settings that exclude each other, and for one that requires another */
export function checkFineTuning(
  { freeze, fineTune, trainBatchNorm }: Pick<Config, 'freeze' | 'fineTune' | 'trainBatchNorm'>,
  who: string,
  Thrown: ErrorClass,
): void {
  if (trainBatchNorm === true && fineTune === undefined) {
    throw new Thrown(`${who}: trainBatchNorm: requires fineTune; set it, or leave out trainBatchNorm`);
  }
  if (freeze === undefined || fineTune === undefined) return;
  throw new Thrown(
    `${who}: fineTune: cannot be used with freeze, since it freezes all but the last stages; leave one of them out`,
  );
}

function checkLimits({ trainLimit, trainLimitPerClass }: Config, Thrown: ErrorClass): void {
  if (trainLimit === undefined || trainLimitPerClass === undefined) return;
  throw new Thrown('config: trainLimit: cannot be used with trainLimitPerClass; leave one of them out');
}

/** The settings that say what a run starts from, of which it can have one. */
const STARTS = ['backbone', 'weights', 'initFrom'] as const satisfies readonly (keyof Config)[];

function checkStart(config: Config, Thrown: ErrorClass): void {
  const { model, weights, freeze, fineTune } = config;
  const starts = STARTS.filter((name) => config[name] !== undefined);
  if (starts.length > 1) {
    throw new Thrown(`config: ${starts[0]}: cannot be used with ${starts[1]}; leave one of them out`);
  }
  if (weights !== undefined && !backboneNames.includes(model)) {
    throw new Thrown(
      `config: weights: expected a model with published weights, ${listNames(backboneNames)}, got ${model}; choose one of them (${option('model')}), or leave out weights`,
    );
  }
  if (starts.length > 0) return;
  const setting = freeze === undefined ? fineTune && 'fineTune' : 'freeze';
  if (setting === undefined) return;
  throw new Thrown(
    `config: ${setting}: requires backbone, weights, or initFrom, since untrained layers would be frozen otherwise; set one of them, or leave it out`,
  );
}
