import type { Dataset } from '../data/dataset.js';
import { memoryOf } from '../data/memoryOf.js';
import { hardwareThreads } from '../platform/host.js';
import { freeMemoryBytes } from '../platform/machine.js';
import type { Config } from '../train/config.js';
import { firstConfig } from './space/trialConfig.js';
import type { SweepRecord } from './sweepFolder.js';

/** What a process needs besides the images: the program, and the memory of a small network. */
const PROCESS_BYTES = 2 ** 28;
/** The part of the free memory that is used. */
const MEMORY_SHARE = 1 / 2;
/** With more of its trials at the same time, the sampler that learns from results would draw most of them without any. */
const SAMPLER_SHARE = 1 / 4;

/** With so few cores, several runs at a time are no faster than one after the other, and slower if loading the images takes long. */
const FEW_CORES = 2;

/** How many runs are trained at the same time, and why not more. */
export interface Parallelism {
  readonly runs: number;
  /** Of each run. */
  readonly threads: number;
  readonly limit: 'request' | 'cores' | 'fewCores' | 'runs' | 'sampler' | 'features' | 'memory';
}

/** The machine on which runs are trained. */
export interface TrainingMachine {
  readonly cores: number;
  readonly freeBytes: number;
}

/** Runs to train. */
interface Demand {
  /** How many. */
  readonly runs: number;
  /** One of their configurations. */
  readonly config: Config;
  /** What else limits how many of them are trained at the same time. */
  readonly limits?: Partial<Record<Parallelism['limit'], number>>;
  /** What the user wants. */
  readonly asked: number | undefined;
}

/**
 * Decides how many of several runs are trained at the same time: as many as there are cores, since several runs with one thread each take no
 * more time than one after the other with all threads, and small models less; as far as there are so many runs, and their images fit
 * into half of the free memory.
 */
function chooseParallelism(
  { runs, config, limits = {}, asked }: Demand,
  dataset: Dataset,
  { cores, freeBytes }: TrainingMachine,
): Parallelism {
  const { threads } = config;
  const all: readonly (readonly [Parallelism['limit'], number])[] = [
    ['cores', Math.floor(cores / (threads ?? 1))],
    ['runs', runs],
    ['sampler', limits.sampler ?? Infinity],
    ['features', limits.features ?? Infinity],
    ['fewCores', limits.fewCores ?? Infinity],
    ['memory', Math.floor((MEMORY_SHARE * freeBytes) / (memoryOf(dataset) + PROCESS_BYTES))],
  ];
  const [[limit, most]] =
    asked === undefined ? all.toSorted(([, a], [, b]) => a - b) : ([['request', asked]] as const);
  const parallel = Math.max(1, most);
  return { runs: parallel, threads: threads ?? threadsOf(parallel, cores), limit };
}

/**
 * Decides how many trials of a sweep are trained at the same time.
 *
 * @param asked what the user wants
 * @param target how many trials the sweep is to have, if that changes
 */
export function chooseTrialParallelism(
  { space, definition, trials, target: before }: SweepRecord,
  dataset: Dataset,
  {
    asked,
    target = before,
  }: { readonly asked?: number | undefined; readonly target?: number | undefined } = {},
  machine = thisMachine(),
): Parallelism {
  const ended = trials.filter(({ state }) => state !== 'running').length;
  const limits = definition.sampler === 'tpe' ? { sampler: Math.floor(target * SAMPLER_SHARE) } : {};
  return chooseParallelism(
    { runs: target - ended, config: firstConfig(space), limits, asked },
    dataset,
    machine,
  );
}

/**
 * Decides how many runs with the same settings but their seed, or their fold, are trained at the same time.
 *
 * @param config of one of them
 * @param runs how many there are
 * @param asked what the user wants
 */
export function chooseSeriesParallelism(
  config: Config,
  dataset: Dataset,
  { runs, asked }: { readonly runs: number; readonly asked?: number | undefined },
  machine = thisMachine(),
): Parallelism {
  const limits = {
    ...(sharesFeatures(config) && { features: 1 }),
    ...(machine.cores <= FEW_CORES && { fewCores: 1 }),
  };
  return chooseParallelism({ runs, config, limits, asked }, dataset, machine);
}

/** Whether the first run computes the outputs of frozen layers for all: other processes would compute them at the same time. */
function sharesFeatures({ backbone, freeze, fineTune, augment }: Config): boolean {
  return (backbone ?? freeze ?? fineTune) !== undefined && augment === undefined;
}

/**
 * With how many threads one of several runs is trained, of which as many as possible are trained at the same time. At the end, there may be
 * fewer, which share the cores.
 *
 * @param index of the run, in their order
 * @param parallel how many are trained at the same time
 */
export function threadsOfRun(index: number, runs: number, parallel = 1, cores = hardwareThreads()): number {
  const last = runs % parallel;
  return threadsOf(index < runs - last ? parallel : last, cores);
}

/** With how many threads each of several runs is trained at the same time. */
export function threadsOf(parallel: number, cores = hardwareThreads()): number {
  return Math.max(1, Math.floor(cores / parallel));
}

function thisMachine(): TrainingMachine {
  return { cores: hardwareThreads(), freeBytes: freeMemoryBytes() };
}
