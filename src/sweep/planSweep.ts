import { basename } from 'node:path';
import { InklingError, UsageError } from '../core/errors.js';
import { fileNameFrom } from '../core/files/fileName.js';
import { validate } from '../core/validate.js';
import { VERSION } from '../core/version.js';
import type { Dataset } from '../data/dataset.js';
import { createNumberedFolder } from '../platform/folders.js';
import { withAbsolutePaths } from '../runs/dataset/absolutePaths.js';
import { fingerprintOf } from '../runs/dataset/fingerprint.js';
import type { checkModel } from '../runs/startingConfig.js';
import type { Config, PartialConfig } from '../train/config.js';
import { Journal } from './journal/journal.js';
import { definitionSchema, type SweepDefinition } from './journal/records.js';
import { gridSampler } from './samplers/grid.js';
import { parseSpace } from './space/parseSpace.js';
import { type Space } from './space/space.js';
import { allSettings, type Setting } from '../train/settings/names.js';
import { checkSpace, firstConfig } from './space/trialConfig.js';
import type { SamplerName } from './strategies.js';
import { journalFile } from './sweepFolder.js';

/** The number of trials, unless the sampler determines it. */
const DEFAULT_TRIALS = 50;

/** What decides about trials. */
type Strategy = Pick<SweepDefinition, 'sampler' | 'pruner'>;

/** A sweep that is ready to start. */
export interface SweepPlan extends Strategy {
  /** The contents of the space file and the settings on the command line. */
  readonly json: SweepDefinition['space'];
  /** The number of trials. */
  readonly target: number;
  /** The configuration of a trial, for the settings that all share. */
  readonly config: Config;
  /** What the model requires of the images, if it determines it. */
  readonly model: ReturnType<typeof checkModel>;
}

interface PlanOptions extends Strategy {
  /** The contents of the space file. */
  readonly json: unknown;
  /** The file, for error messages. */
  readonly who: string;
  /** The settings on the command line. */
  readonly settings: PartialConfig;
  readonly trials: number | undefined;
  /** Names a setting in error messages. */
  readonly nameOf: (setting: Setting) => string;
}

/**
 * Checks everything about a sweep that can be checked before its data set is loaded.
 *
 * @throws {UsageError} when a setting is in the file and on the command line
 * @throws {InklingError} when the space is invalid, or train rejects settings in it
 */
export function planSweep({ json, who, settings, trials, nameOf, ...strategy }: PlanOptions): SweepPlan {
  const { runDir, name, ...given } = settings;
  const stated = validate(definitionSchema.shape.space, json, who);
  const both = allSettings.find((each) => Object.hasOwn(stated, each) && Object.hasOwn(given, each));
  if (both !== undefined) {
    throw new UsageError(`${nameOf(both)}: is also in ${who} as "${both}"; remove one of them`);
  }
  const merged = { ...asJson(given), ...stated };
  const space = parseSpace(merged, who);
  const model = checkSpace(space, who);
  const config = {
    ...firstConfig(space),
    ...(runDir !== undefined && { runDir }),
    ...(name !== undefined && { name }),
  };
  const absolute = asJson(withAbsolutePaths(config));
  const fixed = Object.keys(space.fixed).map((each) => [each, absolute[each] ?? null] as const);
  return {
    ...strategy,
    json: { ...merged, ...Object.fromEntries(fixed) },
    target: targetOf(strategy.sampler, space, trials),
    config,
    model,
  };
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

/**
 * Creates the folder of a sweep with its journal.
 *
 * @returns the folder
 */
export function createSweep({ json, target, config, sampler, pruner }: SweepPlan, dataset: Dataset): string {
  const folder = createNumberedFolder(config.runDir, fileNameFrom(config.name ?? `sweep-${dataset.name}`));
  Journal.create(journalFile(folder), {
    name: basename(folder),
    direction: config.monitor === 'accuracy' ? 'maximize' : 'minimize',
    definition: {
      format: 1,
      version: VERSION,
      space: json,
      sampler,
      pruner,
      fingerprint: fingerprintOf(dataset),
    },
    target,
  });
  return folder;
}
