import { z } from 'zod';
import { positiveInteger, validate } from '../core/validate.js';
import { optimizerNames } from './optimizers.js';

/** What the command line adds to a setting. */
export interface Flag {
  /** The flag's name, where it is not the setting's in kebab case. */
  readonly flag?: string;
  /** What stands for the value in the help. */
  readonly value: string;
  readonly help: string;
}

/** The flag of each setting: command line and configuration are one definition. */
export const flags = z.registry<Flag>();

const randomSeed = z.int().min(0);

/** All settings of a training run, with their defaults: those of the report. */
export const configSchema = z.strictObject({
  model: z
    .string()
    .min(1)
    .default('report-cnn')
    .register(flags, { value: 'NAME', help: 'the network to train' }),
  dataset: z
    .string()
    .min(1)
    .default('mnist')
    .register(flags, { value: 'NAME', help: 'mnist, digits (built in), or a folder with four IDX files' }),
  dataDir: z
    .string()
    .min(1)
    .optional()
    .register(flags, { value: 'FOLDER', help: 'where to look for the data set first' }),
  epochs: positiveInteger
    .max(100_000)
    .default(5)
    .register(flags, { value: 'N', help: 'passes over the training images' }),
  batchSize: positiveInteger
    .max(65_536)
    .default(64)
    .register(flags, { value: 'N', help: 'images a training step' }),
  learningRate: z
    .number()
    .positive()
    .default(0.001)
    .register(flags, { flag: 'lr', value: 'RATE', help: 'learning rate' }),
  optimizer: z.enum(optimizerNames).default('adam').register(flags, { value: 'NAME', help: 'adam or sgd' }),
  momentum: z.number().min(0).lt(1).default(0.9).register(flags, { value: 'SHARE', help: 'momentum of sgd' }),
  seed: randomSeed.default(0).register(flags, {
    value: 'N',
    help: 'initial weights and batch order, as torch.manual_seed(N) gives them',
  }),
  splitSeed: randomSeed
    .default(42)
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

/** @throws {InklingError} that names each unknown setting or wrong value */
export function parseConfig(settings: unknown): Config {
  return validate(configSchema, settings, 'config');
}
