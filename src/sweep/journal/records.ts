import * as z from 'zod';
import { nonNegativeInteger, positiveInteger } from '../../core/validate.js';
import { fingerprintSchema } from '../../runs/runSummary.js';
import type { Distribution } from '../space/distribution.js';
import { prunerNames, samplerNames } from '../strategies.js';

/**
 * The lines of a journal are operations in the format of Optuna's journal storage, so that Optuna opens it. A sweep is its only study,
 * with ID 0, and the number of a trial its ID.
 */

export const definitionSchema = z.object({
  /** Changes when older versions cannot read the journal. */
  format: z.literal(1),
  /** The version of Inkling that started it. */
  version: z.string(),
  /** The contents of the space file, with the settings on the command line and absolute paths. */
  space: z.record(z.string(), z.json()),
  sampler: z.enum(samplerNames),
  pruner: z.enum(prunerNames),
  /** With which the finalists are trained besides the seed of all trials; journals of older versions have none. */
  seeds: z.optional(z.array(nonNegativeInteger)),
  /** Identifies the images that all trials have. */
  fingerprint: fingerprintSchema,
});

/** What a sweep does; recorded when it is created. */
export type SweepDefinition = Readonly<z.infer<typeof definitionSchema>>;

export const testSchema = z.object({ trial: nonNegativeInteger, accuracy: z.number(), loss: z.number() });

/** The metrics of the selected trial on the test images. */
export type SweepTest = Readonly<z.infer<typeof testSchema>>;

export const seedRunSchema = z.object({
  trial: nonNegativeInteger,
  seed: nonNegativeInteger,
  /** The name of its folder; missing until it has started. */
  run: z.string().optional(),
  /** The metric of its best epoch; missing until it is complete. */
  value: z.number().optional(),
  /** Why it failed. */
  error: z.string().optional(),
});

/** A run of a finalist with another seed. */
export type SeedRun = Readonly<z.infer<typeof seedRunSchema>>;

/** Optuna keeps the attributes of trials as they were when the trial ended, so that these are attributes of the study. */
export function seedRunKey({ trial, seed }: Pick<SeedRun, 'trial' | 'seed'>): string {
  return `trial-${trial}-seed-${seed}`;
}

export const isSeedRunKey = (key: string): boolean => /^trial-\d+-seed-\d+$/.test(key);

/** The numbers of operations. */
export const OPERATIONS = {
  createStudy: 0,
  setStudyAttribute: 2,
  setSystemAttribute: 3,
  createTrial: 4,
  setParameter: 5,
  setState: 6,
  setIntermediateValue: 7,
  setTrialAttribute: 8,
} as const;

/** Operations of other programs that do not affect the sweep, such as notes. */
const IGNORED = [9, 10] as const;

/** The attribute in which Optuna keeps what its plots call the objective. */
export const METRIC_NAMES = 'study:metric_names';

/** Who wrote a record, which Optuna requires. */
export const WORKER = 'inkling';

/** The numbers of states; Inkling itself has no trials that wait. */
export const STATES = { running: 0, complete: 1, pruned: 2, failed: 3, waiting: 4 } as const;
export const DIRECTIONS = { minimize: 1, maximize: 2 } as const;

const worker = { worker_id: z.string().optional() };
const study = { ...worker, study_id: z.literal(0) };
const trial = { ...worker, trial_id: nonNegativeInteger };

/** Null stands for NaN and infinity, which Optuna writes, although JSON does not have them. */
const metric = z.nullable(z.number());
const states = z.literal(Object.values(STATES));

const recordSchemas = [
  z.object({
    op_code: z.literal(OPERATIONS.createStudy),
    study_name: z.string(),
    directions: z.tuple([z.literal(Object.values(DIRECTIONS))], 'expected one objective, got several'),
  }),
  z.object({
    op_code: z.literal(OPERATIONS.setStudyAttribute),
    ...study,
    user_attr: z.looseObject({
      definition: definitionSchema.optional(),
      trials: z.optional(positiveInteger),
      test: testSchema.optional(),
    }),
  }),
  z.object({
    op_code: z.literal(OPERATIONS.setSystemAttribute),
    ...study,
    system_attr: z.record(z.string(), z.json()),
  }),
  z.object({
    op_code: z.literal(OPERATIONS.createTrial),
    ...study,
    state: states.optional(),
    /** Values of parameters as numbers: the index of a choice. */
    params: z.record(z.string(), z.number()).optional(),
    /** The distribution of each parameter as JSON text. */
    distributions: z.record(z.string(), z.string()).optional(),
    datetime_start: z.nullable(z.string()),
    user_attrs: z.record(z.string(), z.json()).optional(),
    // What follows is only in trials that Optuna has copied from another study.
    value: metric.optional(),
    intermediate_values: z.record(z.string(), metric).optional(),
  }),
  z.object({
    op_code: z.literal(OPERATIONS.setParameter),
    ...trial,
    param_name: z.string(),
    param_value_internal: z.number(),
    distribution: z.string(),
  }),
  z.object({
    op_code: z.literal(OPERATIONS.setState),
    ...trial,
    state: states,
    values: z.nullable(z.tuple([metric])),
    datetime_complete: z.string().optional(),
  }),
  z.object({
    op_code: z.literal(OPERATIONS.setIntermediateValue),
    ...trial,
    step: nonNegativeInteger,
    intermediate_value: metric,
  }),
  z.object({
    op_code: z.literal(OPERATIONS.setTrialAttribute),
    ...trial,
    user_attr: z.record(z.string(), z.json()),
  }),
  z.object({ op_code: z.literal(IGNORED) }),
] as const;

export const recordSchema = z.discriminatedUnion('op_code', recordSchemas, {
  error: 'expected an operation of a sweep, got another; another program wrote it',
});

export type JournalRecord = Readonly<z.infer<typeof recordSchema>>;

/** A time in the form of Python's `datetime.isoformat`, in UTC with microseconds. */
export function timestamp(): string {
  return new Date().toISOString().replace('Z', '000+00:00');
}

/** A distribution as Optuna writes it. */
export function distributionText(distribution: Distribution): string {
  if (distribution.kind === 'choice') {
    return JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices: distribution.choices } });
  }
  const { kind, low, high, step = null, log } = distribution;
  const name = kind === 'int' ? 'IntDistribution' : 'FloatDistribution';
  return JSON.stringify({ name, attributes: { low, high, step, log } });
}
