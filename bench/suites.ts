import { availableParallelism } from 'node:os';
import { FIXTURE_IMAGES, WIDTHS } from './fixture.js';
import type { Entry } from './measure.js';
import type { Job, TaskName } from './protocol.js';
import { scalings } from './results.js';
import { inkling, type System } from './system.js';

/** Entries that are compared with one another. */
export type Suite = readonly Entry[];

const CORES = availableParallelism();
/** The number of threads that goals are stated for. */
export const THREADS = Math.min(2, CORES);
export const BATCH = 64;

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
      .map((system) => ({ system, task, job: { ...jobOf(folder), task, batch, threads } })),
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
    images: [1000, 10_000, 60_000],
  };
  const suites = scalings.map((by) =>
    values[by].map((value) => ({
      system: inkling,
      task: `training by ${by}` as const,
      job: { ...jobOf(folder), [by]: value },
    })),
  );
  return isQuick ? suites.slice(0, 1) : suites;
}

function jobOf(folder: string): Job {
  return {
    task: 'training',
    batch: BATCH,
    threads: THREADS,
    images: FIXTURE_IMAGES,
    folder,
    width: 1,
  };
}
