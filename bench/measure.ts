import { messageOf } from '#inkling/core/errors.js';
import { MeasuredProcess } from './measuredProcess.js';
import type { Job, Round } from './protocol.js';
import type { System } from './system.js';

/** The number and duration of rounds. */
export interface Effort {
  readonly rounds: number;
  readonly roundSeconds: number;
  readonly warmupSeconds: number;
  /** A system whose warm-up takes longer is measured by its warm-up alone. */
  readonly slowWarmupSeconds: number;
}

/** The measurement of one row. */
export interface Entry {
  readonly system: System;
  readonly job: Job;
  /** What failures are called. */
  readonly title: string;
}

/** The rounds of an entry. */
export interface Measurement<Measurable extends Entry = Entry> {
  readonly entry: Measurable;
  readonly rounds: readonly Round[];
  /** Seconds from the start of the process to the end of its first step or call. */
  readonly startSeconds: number;
}

export interface Measured<Measurable extends Entry> {
  readonly measurements: readonly Measurement<Measurable>[];
  /** One line for each entry that could not be measured. */
  readonly failures: readonly string[];
}

interface Runner<Measurable extends Entry> {
  readonly entry: Measurable;
  readonly measured: MeasuredProcess;
  readonly rounds: Round[];
  /** Whether its warm-up took so long that it serves as the measurement. */
  isSlow: boolean;
}

/** Systems that compute the same model differ by rounding only. */
const MAX_RELATIVE_DIFFERENCE = 1e-4;

/**
 * Compares entries, each in its own process: after a warm-up, rounds of all entries alternate, so that a temporary slowdown of the
 * machine affects all of them. A process is idle between its rounds.
 */
export async function compare<Measurable extends Entry>(
  entries: readonly Measurable[],
  effort: Effort,
): Promise<Measured<Measurable>> {
  const runners = new Set<Runner<Measurable>>();
  const failures: string[] = [];
  const fail = ({ title, job: { batch } }: Entry, reason: string) => {
    failures.push(`${title}, batch ${batch}: ${reason}`);
  };
  const forEachRunner = async (work: (runner: Runner<Measurable>) => Promise<void>) => {
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
      runner.isSlow = round.seconds > effort.slowWarmupSeconds;
      if (runner.isSlow) runner.rounds.push(round);
    });
    for (let round = 0; round < effort.rounds; round++) {
      await forEachRunner(async ({ measured, rounds, isSlow }) => {
        if (!isSlow) rounds.push(await measured.round(effort.roundSeconds));
      });
    }
    const measurements = [...runners].map(({ entry, rounds, measured: { startSeconds } }) => ({
      entry,
      rounds,
      startSeconds,
    }));
    return { measurements, failures };
  } finally {
    await Promise.all([...runners].map(({ measured }) => measured.stop()));
  }
}

/** The runners whose first result differs from that of the first runner with the same job. */
function differing<Measurable extends Entry>(runners: readonly Runner<Measurable>[]): Runner<Measurable>[] {
  const firsts = new Map<string, number>();
  return runners.filter(({ entry: { job }, measured: { checkValue } }) => {
    const key = `${job.task} ${job.batch} ${job.network}`;
    const first = firsts.get(key) ?? checkValue;
    firsts.set(key, first);
    return !(Math.abs(checkValue - first) <= MAX_RELATIVE_DIFFERENCE * Math.abs(first));
  });
}

/** Seconds per batch of each round. */
export function batchSeconds({ entry: { job }, rounds }: Measurement): number[] {
  return rounds.map(({ images, seconds }) => (seconds * job.batch) / images);
}

/** The largest resident memory of the process. */
export function peakMegabytes({ rounds }: Measurement): number {
  return Math.max(...rounds.map((round) => round.peakMegabytes));
}
