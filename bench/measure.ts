import { messageOf } from '#inkling/core/errors.js';
import { Contestant } from './contestant.js';
import type { Job, Round } from './protocol.js';
import type { Row, Task } from './results.js';
import { median, spread } from './statistics.js';
import type { System } from './system.js';

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  readonly roundSeconds: number;
  readonly warmupSeconds: number;
}

/** What one row measures. */
export interface Entry {
  readonly system: System;
  readonly job: Job;
  readonly task: Task;
}

export interface Measured {
  readonly rows: readonly Row[];
  /** A line for each entry that could not be measured. */
  readonly failures: readonly string[];
}

interface Runner {
  readonly entry: Entry;
  readonly contestant: Contestant;
  readonly rounds: Round[];
  /** Its warm-up took so long that it is the measurement. */
  isSlow: boolean;
}

/** Who computes the same model differs by rounding only. */
const LARGEST_DIFFERENCE = 1e-4;
/** A system whose warm-up takes so many times as long as it should is measured by that alone. */
const TOO_SLOW = 5;

/**
 * Measures entries against one another: each in a process of its own, warmed up, then a round of each in turn, again and
 * again, so that whatever slows the machine down for a while slows all of them down. A process rests between its rounds.
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
      await Contestant.start(entry.system, entry.job).then(
        (contestant) => runners.add({ entry, contestant, rounds: [], isSlow: false }),
        (error: unknown) => {
          fail(entry, messageOf(error));
        },
      );
    }
    for (const runner of differing([...runners])) {
      runners.delete(runner);
      fail(
        runner.entry,
        `${runner.entry.system.name}: computes something else (${runner.contestant.answer})`,
      );
      await runner.contestant.stop();
    }
    await forEachRunner(async (runner) => {
      const round = await runner.contestant.round(effort.warmupSeconds);
      runner.isSlow = round.seconds > TOO_SLOW * effort.warmupSeconds;
      if (runner.isSlow) runner.rounds.push(round);
    });
    for (let round = 0; round < effort.rounds; round++) {
      await forEachRunner(async ({ contestant, rounds, isSlow }) => {
        if (!isSlow) rounds.push(await contestant.round(effort.roundSeconds));
      });
    }
    return { rows: [...runners].map(rowOf), failures };
  } finally {
    await Promise.all([...runners].map(({ contestant }) => contestant.stop()));
  }
}

/** Those whose first step or call did not come to what the first one's did, among those with the same job to do. */
function differing(runners: readonly Runner[]): Runner[] {
  const firsts = new Map<string, number>();
  return runners.filter(({ entry: { job }, contestant: { answer } }) => {
    const key = `${job.task} ${job.batch} ${job.width}`;
    const first = firsts.get(key) ?? answer;
    firsts.set(key, first);
    return !(Math.abs(answer - first) <= LARGEST_DIFFERENCE * Math.abs(first));
  });
}

function rowOf({ entry: { system, task, job }, contestant, rounds }: Runner): Row {
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
    startSeconds: contestant.startSeconds,
    peakMegabytes: Math.max(...rounds.map(({ peakMegabytes }) => peakMegabytes)),
  };
}
