import { messageOf } from '#inkling/core/errors.js';
import { MeasuredProcess } from './measuredProcess.js';
import type { Job, Round } from './protocol.js';
import type { Row, Task } from './results.js';
import { median, spread } from './statistics.js';
import type { System } from './system.js';

/** The number and duration of rounds. */
export interface Effort {
  readonly rounds: number;
  readonly roundSeconds: number;
  readonly warmupSeconds: number;
}

/** The measurement of one row. */
export interface Entry {
  readonly system: System;
  readonly job: Job;
  readonly task: Task;
}

export interface Measured {
  readonly rows: readonly Row[];
  /** One line for each entry that could not be measured. */
  readonly failures: readonly string[];
}

interface Runner {
  readonly entry: Entry;
  readonly measured: MeasuredProcess;
  readonly rounds: Round[];
  /** Whether its warm-up took so long that it serves as the measurement. */
  isSlow: boolean;
}

/** Systems that compute the same model differ by rounding only. */
const MAX_RELATIVE_DIFFERENCE = 1e-4;
/** A system whose warm-up takes this many times as long as requested is measured by its warm-up alone. */
const SLOW_WARMUP_FACTOR = 5;

/**
 * Compares entries, each in its own process: after a warm-up, rounds of all entries alternate, so that a temporary slowdown of the
 * machine affects all of them. A process is idle between its rounds.
 */
export async function compare(entries: readonly Entry[], effort: Effort): Promise<Measured> {
  const runners = new Set<Runner>();
  const failures: string[] = [];
  const fail = ({ task, job: { batch } }: Entry, reason: string) => {
    failures.push(`${task}, batch ${batch}: ${reason}`);
  };
  const forEachRunner = async (work: (runner: Runner) => Promise<void>) => {
    for (const runner of runners) {
      await work(runner).catch((error: unknown) => {
        runners.delete(runner);
        fail(runner.entry, messageOf(error));
      });
    }
  };

  try {
    for (const entry of entries) {
      await MeasuredProcess.start(entry.system, entry.job).then(
        (measured) => runners.add({ entry, measured, rounds: [], isSlow: false }),
        (error: unknown) => {
          fail(entry, messageOf(error));
        },
      );
    }
    for (const runner of differing([...runners])) {
      runners.delete(runner);
      fail(
        runner.entry,
        `${runner.entry.system.name}: its first result, ${runner.measured.checkValue}, differs from that of the first system`,
      );
      await runner.measured.stop();
    }
    await forEachRunner(async (runner) => {
      const round = await runner.measured.round(effort.warmupSeconds);
      runner.isSlow = round.seconds > SLOW_WARMUP_FACTOR * effort.warmupSeconds;
      if (runner.isSlow) runner.rounds.push(round);
    });
    for (let round = 0; round < effort.rounds; round++) {
      await forEachRunner(async ({ measured, rounds, isSlow }) => {
        if (!isSlow) rounds.push(await measured.round(effort.roundSeconds));
      });
    }
    return { rows: [...runners].map(rowOf), failures };
  } finally {
    await Promise.all([...runners].map(({ measured }) => measured.stop()));
  }
}

/** The runners whose first result differs from that of the first runner with the same job. */
function differing(runners: readonly Runner[]): Runner[] {
  const firsts = new Map<string, number>();
  return runners.filter(({ entry: { job }, measured: { checkValue } }) => {
    const key = `${job.task} ${job.batch} ${job.width}`;
    const first = firsts.get(key) ?? checkValue;
    firsts.set(key, first);
    return !(Math.abs(checkValue - first) <= MAX_RELATIVE_DIFFERENCE * Math.abs(first));
  });
}

function rowOf({ entry: { system, task, job }, measured, rounds }: Runner): Row {
  const batchSeconds = rounds.map(({ images, seconds }) => (seconds * job.batch) / images);
  return {
    system: system.name,
    family: system.family,
    task,
    batch: job.batch,
    threads: job.threads,
    width: job.width,
    images: job.images,
    imagesPerSecond: job.batch / median(batchSeconds),
    median: median(batchSeconds),
    spread: spread(batchSeconds),
    rounds: rounds.length,
    startSeconds: measured.startSeconds,
    peakMegabytes: Math.max(...rounds.map(({ peakMegabytes }) => peakMegabytes)),
  };
}
