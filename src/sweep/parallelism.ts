import type { Dataset } from '../data/dataset.js';
import { memoryOf } from '../data/memoryOf.js';
import { hardwareThreads } from '../platform/host.js';
import { freeMemoryBytes } from '../platform/machine.js';
import { firstConfig } from './space/trialConfig.js';
import type { SweepRecord } from './sweepFolder.js';

/** What a process needs besides the images: the program, and the memory of a small network. */
const PROCESS_BYTES = 2 ** 28;
/** The part of the free memory that is used. */
const MEMORY_SHARE = 1 / 2;
/** With more of its trials at the same time, the sampler that learns from results would draw most of them without any. */
const SAMPLER_SHARE = 1 / 4;

/** How many trials are trained at the same time, and why not more. */
export interface Parallelism {
  readonly trials: number;
  /** Of each trial. */
  readonly threads: number;
  readonly limit: 'request' | 'cores' | 'trials' | 'sampler' | 'memory';
}

/** The machine on which a sweep is conducted. */
export interface SweepMachine {
  readonly cores: number;
  readonly freeBytes: number;
}

/**
 * Decides how many trials of a sweep are trained at the same time: as many as there are cores, since several trials with one thread each take
 * no more time than one after the other with all threads, and small models less; as far as there are so many trials, and their images fit
 * into half of the free memory.
 *
 * @param asked what the user wants
 * @param target how many trials the sweep is to have, if that changes
 */
export function chooseParallelism(
  { space, definition, trials, target: before }: SweepRecord,
  dataset: Dataset,
  {
    asked,
    target = before,
  }: { readonly asked?: number | undefined; readonly target?: number | undefined } = {},
  { cores, freeBytes }: SweepMachine = { cores: hardwareThreads(), freeBytes: freeMemoryBytes() },
): Parallelism {
  const { threads } = firstConfig(space);
  const ended = trials.filter(({ state }) => state !== 'running').length;
  const limits: Record<Parallelism['limit'], number> = {
    request: asked ?? Infinity,
    cores: Math.floor(cores / (threads ?? 1)),
    trials: target - ended,
    sampler: definition.sampler === 'tpe' ? Math.floor(target * SAMPLER_SHARE) : Infinity,
    memory: Math.floor((MEMORY_SHARE * freeBytes) / (memoryOf(dataset) + PROCESS_BYTES)),
  };
  const considered =
    asked === undefined ? (['cores', 'trials', 'sampler', 'memory'] as const) : (['request'] as const);
  const [limit] = considered.toSorted((a, b) => limits[a] - limits[b]);
  const parallel = Math.max(1, limits[limit]);
  return { trials: parallel, threads: threads ?? threadsOf(parallel, cores), limit };
}

/** With how many threads each of several trials is trained at the same time. */
export function threadsOf(parallel: number, cores = hardwareThreads()): number {
  return Math.max(1, Math.floor(cores / parallel));
}
