import { basename } from 'node:path';
import * as z from 'zod/mini';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkObject, checkValues } from '../core/arguments/checkOptions.js';
import * as records from '../core/arguments/records.js';
import { InklingError, UsageError } from '../core/errors.js';
import { fileNameFrom } from '../core/files/fileName.js';
import type { Shape } from '../core/shape.js';
import { positiveInteger, validate } from '../core/validate.js';
import { VERSION } from '../core/version.js';
import type { Dataset } from '../data/dataset.js';
import { createNumberedFolder } from '../platform/folders.js';
import { withAbsolutePaths } from '../runs/dataset/absolutePaths.js';
import { fingerprintOf } from '../runs/dataset/fingerprint.js';
import type { checkModel } from '../runs/startingConfig.js';
import type { Config, PartialConfig } from '../train/config.js';
import { Journal } from './journal/journal.js';
import { definitionSchema, type SweepDefinition } from './journal/records.js';
import { readStudy, type Study } from './journal/study.js';
import { gridSampler } from './samplers/grid.js';
import { type BaseSources, readBase } from './space/baseSettings.js';
import { parseSpace } from './space/parseSpace.js';
import { type Space, withoutModelOptions } from './space/space.js';
import { allSettings, type Setting } from '../train/settings/names.js';
import { checkSpace, firstConfig } from './space/trialConfig.js';
import { DEFAULT_PRUNER, DEFAULT_SAMPLER, type PrunerName, type SamplerName } from './strategies.js';
import { journalFile, type SweepRecord } from './sweepFolder.js';
import { directionOf } from './trial.js';

/** The number of trials, unless the sampler determines it. */
const DEFAULT_TRIALS = 50;

/** The largest number of seeds, as in `train`. */
const MAX_SEEDS = 1000;

/** What the data set of a sweep is loaded for. */
interface SweepData {
  /** The configuration of a trial, for the settings that all share. */
  readonly config: Config;
  /** What the model requires of the images, if it determines it. */
  readonly model: ReturnType<typeof checkModel>;
}

/** A sweep that is ready to start. */
export interface SweepPlan extends SweepData, Pick<SweepDefinition, 'sampler' | 'pruner'> {
  /** The settings of the trials for images of a shape, `[height, width, channels]`, as a space file states them. */
  readonly spaceFor: (shape: Shape) => SweepDefinition['space'];
  /** The number of trials. */
  readonly target: number;
  /** With which the best trials are trained besides the seed of all trials. */
  readonly seeds: readonly number[];
  /** Whose trials it begins with. */
  readonly study: Study | undefined;
}

/** A sweep to plan. */
export interface SweepOptions extends BaseSources {
  /** The contents of a space file: an object of settings, each with a plain value or a distribution. */
  readonly space: unknown;
  /** The file, for error messages. */
  readonly who?: string;
  /** Settings that all trials share, and the folder and the name of the sweep. */
  readonly settings?: PartialConfig;
  /** The number of trials; by default 50, or all combinations of a grid. */
  readonly trials?: number | undefined;
  /**
   * With how many other seeds the best trials are trained at the end, at least 2, so that the one with the best mean is selected. Default:
   * 1, that is, the best trial with the seed of the sweep is selected.
   */
  readonly seeds?: number | undefined;
  /** What suggests settings. Default: `tpe`. */
  readonly sampler?: SamplerName;
  /** What ends trials early. Default: `asha`. */
  readonly pruner?: PrunerName;
  /** The file of a study that Optuna has written (`JournalFileBackend`). The sweep begins with its trials. */
  readonly study?: string | undefined;
  /** Names one of `settings` in error messages. */
  readonly nameOf?: (setting: Setting) => string;
}

/** What programs in JavaScript may get wrong; the rest is checked where it is used. */
const planSchema = z.strictObject({
  recipe: z.optional(z.string()),
  file: z.optional(z.string()),
  space: z.optional(z.unknown()),
  who: z.optional(z.string()),
  settings: z.optional(z.looseObject({})),
  trials: z.optional(positiveInteger),
  seeds: z.optional(z.unknown()),
  sampler: z.optional(definitionSchema.shape.sampler),
  pruner: z.optional(definitionSchema.shape.pruner),
  study: z.optional(z.string()),
  nameOf: z.optional(z.unknown()),
});

/**
 * Checks everything about a sweep that can be checked before its data set is loaded.
 *
 * @throws {UsageError} when a setting is in the space and in `settings`, or for an unknown recipe
 * @throws {InklingError} when an option or the space is invalid, or train rejects settings in it
 */
export function planSweep(options: SweepOptions): SweepPlan {
  checkObject('planSweep', options, "{ space: { model: { choice: ['mlp', 'report-cnn'] } } }");
  const {
    space: json,
    who = 'space',
    recipe,
    file,
    settings = {},
    trials,
    seeds = 1,
    sampler = DEFAULT_SAMPLER,
    pruner = DEFAULT_PRUNER,
    study: studyFile,
    nameOf = (setting: Setting) => `settings.${setting}`,
  } = options;
  validate(planSchema, options, 'planSweep', UsageError);
  const { runDir, name, ...given } = settings;
  const stated = validate(definitionSchema.shape.space, json, who);
  const both = allSettings.find((each) => Object.hasOwn(stated, each) && Object.hasOwn(given, each));
  if (both !== undefined) {
    throw new UsageError(`${nameOf(both)}: is also in ${who} as "${both}"; remove one of them`);
  }
  const own = { ...asJson(given), ...stated };
  const base = readBase({ recipe, file }, own);
  // All are checked, so that errors are reported before a data set is downloaded.
  const [{ space, model }] = base.all.map((each) => checkMerged({ ...asJson(each), ...own }, who));
  const config = {
    ...firstConfig(space),
    ...(runDir !== undefined && { runDir }),
    ...(name !== undefined && { name }),
  };
  const study = studyFile === undefined ? undefined : readStudy(studyFile, space, directionOf(config));
  return {
    sampler,
    pruner,
    spaceFor: (shape) => withAbsoluteFixed({ ...asJson(base.for(shape)), ...own }, who),
    target: study === undefined ? targetOf(sampler, space, trials) : targetAfter(study, sampler, trials),
    seeds: otherSeeds(config.seed, seeds),
    study,
    config,
    model,
  };
}

function checkMerged(settings: SweepDefinition['space'], who: string) {
  const space = parseSpace(settings, who);
  return { space, model: checkSpace(space, who) };
}

/** The settings of a space, which are used in other folders, and on other machines. */
function withAbsoluteFixed(settings: SweepDefinition['space'], who: string): SweepDefinition['space'] {
  const space = withoutModelOptions(parseSpace(settings, who));
  const absolute = asJson(withAbsolutePaths(firstConfig(space)));
  const fixed = Object.keys(space.fixed).map((each) => [each, absolute[each] ?? null] as const);
  return { ...settings, ...Object.fromEntries(fixed) };
}

/**
 * What the data set of a sweep that is continued is loaded for.
 *
 * @throws {InklingError} when train no longer accepts its settings, for example because a file is missing
 */
export function sweepData(sweep: SweepRecord): SweepData {
  checkValues('sweepData', { sweep }, { sweep: records.sweep });
  const { space, folder } = sweep;
  return { config: firstConfig(space), model: checkSpace(space, folder) };
}

/** The seeds after that of all trials. One result has no interval, so that one seed is that of the trials. */
function otherSeeds(seed: number, count: number): number[] {
  const length = validate(positiveInteger.check(z.maximum(MAX_SEEDS)), count, 'seeds');
  return length === 1 ? [] : Array.from({ length }, (_, index) => seed + index + 1);
}

/** Settings as a file states them. */
function asJson(settings: object): SweepDefinition['space'] {
  const json: unknown = JSON.parse(JSON.stringify(settings));
  return validate(definitionSchema.shape.space, json, 'settings');
}

/**
 * The number of trials of a sweep.
 *
 * @throws {InklingError} when a grid has fewer combinations
 */
export function targetOf(sampler: SamplerName, space: Space, trials: number | undefined): number {
  if (sampler !== 'grid') return trials ?? DEFAULT_TRIALS;
  const { size } = gridSampler(space);
  if (trials === undefined || trials <= size) return trials ?? size;
  throw new InklingError(
    `trials: expected at most ${size}, the number of combinations of the grid, got ${trials}; decrease it, or leave it out`,
  );
}

/** The number of trials of a sweep that begins with those of a study. */
function targetAfter(study: Study, sampler: SamplerName, trials = study.trials + DEFAULT_TRIALS): number {
  if (sampler === 'grid') {
    throw new InklingError(
      'sampler: grid: cannot continue a study, since it tries every combination once; use another sampler',
    );
  }
  if (trials > study.trials) return trials;
  throw new InklingError(
    `trials: expected more than ${study.trials}, the number of trials of the study, which count, got ${trials}; increase it, or leave it out`,
  );
}

/**
 * Creates the folder of a sweep with its journal.
 *
 * @returns the folder
 */
export function createSweep(plan: SweepPlan, dataset: Dataset): string {
  checkValues('createSweep', { plan }, { plan: records.sweepPlan });
  checkArguments('createSweep', { dataset });
  const { spaceFor, target, seeds, study, config, sampler, pruner } = plan;
  const folder = createNumberedFolder(config.runDir, fileNameFrom(config.name ?? `sweep-${dataset.name}`));
  const sweep = {
    name: basename(folder),
    direction: directionOf(config),
    definition: {
      format: 1 as const,
      version: VERSION,
      space: spaceFor(dataset.shape),
      sampler,
      pruner,
      seeds: [...seeds],
      fingerprint: fingerprintOf(dataset),
    },
    target,
  };
  Journal.create(journalFile(folder), sweep, study);
  return folder;
}
