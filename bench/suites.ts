import { availableParallelism } from 'node:os';
import type { Model } from '#inkling/models/model.js';
import { FIXTURE_IMAGES } from './fixture.js';
import { batchSeconds, type Entry, type Measurement, peakMegabytes } from './measure.js';
import { reportCnn } from './networks/models.js';
import type { TaskName } from './protocol.js';
import { type Row, scalings, type Task } from './results.js';
import { median, spread } from './statistics.js';
import { inkling, type System } from './system.js';

/** A measurement of the report's network, with more channels or other images. */
export interface ReportEntry extends Entry {
  readonly task: Task;
  readonly width: number;
  readonly side: number;
}

/** Entries that are compared with one another. */
export type Suite<Measurable extends Entry = ReportEntry> = readonly Measurable[];

const CORES = availableParallelism();
/** The number of threads that goals are stated for. */
export const THREADS = Math.min(2, CORES);
export const BATCH = 64;
/** Factors for the number of channels, and sides of the images. */
const WIDTHS = [1, 2, 4];
const SIDE = 28;
const SIDES = [14, 28, 56, 112];

/** The networks that the suites need in the fixture. */
export const scalingNetworks: readonly Model[] = [
  ...WIDTHS.map((width) => reportCnn(width)),
  ...SIDES.map((side) => reportCnn(1, side)),
];

/** Runs all systems on the same jobs. */
export function comparisonSuites(
  task: TaskName,
  systems: readonly System[],
  folder: string,
  isQuick: boolean,
): Suite[] {
  return configurations(task, isQuick).map(([batch, threads]) =>
    systems
      .filter((system) => system.tasks.includes(task))
      .filter(({ hasThreads }) => hasThreads || threads === 1)
      .filter(({ isSlow }) => !isSlow || batch <= BATCH)
      .map((system) => entryOf(folder, { system, task, batch, threads })),
  );
}

/** Batch size and number of threads of each comparison. */
function configurations(task: TaskName, isQuick: boolean): (readonly [batch: number, threads: number])[] {
  const single = task === 'inference' ? [[1, 1] as const] : [];
  if (isQuick) return [...single, [BATCH, THREADS]];
  const threads = [...new Set([1, THREADS])];
  return [...single, ...[BATCH, 256].flatMap((batch) => threads.map((count) => [batch, count] as const))];
}

/** Measures how the cost of training grows with one quantity at a time. */
export function scalingSuites(folder: string, isQuick: boolean): Suite[] {
  const values: Record<(typeof scalings)[number], readonly number[]> = {
    threads: Array.from({ length: CORES }, (_, i) => i + 1),
    batch: [16, 32, 64, 128, 256, 512, 1024],
    width: WIDTHS,
    side: SIDES,
    images: [1000, 10_000, 60_000],
  };
  const suites = scalings.map((by) =>
    values[by].map((value) =>
      entryOf(folder, { system: inkling, task: `training by ${by}` as const, [by]: value }),
    ),
  );
  return isQuick ? suites.slice(0, 1) : suites;
}

type Settings = Pick<ReportEntry, 'system' | 'task'> &
  Partial<Pick<Row, 'batch' | 'threads' | 'images' | 'width' | 'side'>>;

function entryOf(
  folder: string,
  {
    system,
    task,
    batch = BATCH,
    threads = THREADS,
    images = FIXTURE_IMAGES,
    width = 1,
    side = SIDE,
  }: Settings,
): ReportEntry {
  const network = reportCnn(width, side).name;
  const job = {
    task: task === 'inference' ? task : ('training' as const),
    batch,
    threads,
    images,
    folder,
    network,
  };
  return { system, task, title: task, width, side, job };
}

export function rowOf(measurement: Measurement<ReportEntry>): Row {
  const { entry, rounds, startSeconds } = measurement;
  const { system, task, width, side, job } = entry;
  const seconds = batchSeconds(measurement);
  return {
    system: system.name,
    family: system.family,
    task,
    batch: job.batch,
    threads: job.threads,
    width,
    side,
    images: job.images,
    imagesPerSecond: job.batch / median(seconds),
    median: median(seconds),
    spread: spread(seconds),
    rounds: rounds.length,
    startSeconds,
    peakMegabytes: peakMegabytes(measurement),
  };
}
