import { InklingError } from '../core/errors.js';
import type { Journal } from './journal/journal.js';
import { PRUNERS, SAMPLERS } from './strategies.js';
import { bestOfEpochs, lastEpoch, type Trial } from './trial.js';

/** After so many failures in a row, the next trials would fail as well. */
const MAX_FAILURES_IN_A_ROW = 5;

/** What a trial tells the sweep while it is executed. */
export interface TrialReports {
  /** Its run folder has been created, of which this is the name. */
  readonly onStart: (run: string) => void;
  /**
   * An epoch has ended, with this value of the metric. A trial that is resumed reports its earlier epochs again.
   *
   * @param isLast whether the trial would end anyway
   * @returns whether the trial is to be ended early
   */
  readonly onEpoch: (epoch: number, value: number, isLast: boolean) => boolean;
}

/** How an execution ended. */
export type TrialEnd =
  | { readonly state: 'complete' | 'pruned' }
  | { readonly state: 'interrupted' }
  | { readonly state: 'failed'; readonly error: string };

/** Trains a trial from its start, or resumes one that has a run. */
export type ExecuteTrial = (trial: Trial, reports: TrialReports) => Promise<TrialEnd>;

interface ConductOptions {
  /** Of the sampler. */
  readonly seed: number;
  /** Called after each trial. */
  readonly onTrial: (trial: Trial) => void;
  /** Once it is aborted, no other trial is started. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Conducts a sweep until it has all its trials: decides on values, has trials executed one after the other, and ends them early. What a
 * trial is executed by and where is not its concern. A trial that was running when the sweep was interrupted is executed first.
 *
 * @returns false if it was interrupted
 * @throws {InklingError} when several trials in a row have failed, or the journal cannot be written
 */
export async function conductSweep(
  journal: Journal,
  execute: ExecuteTrial,
  { seed, onTrial, signal }: ConductOptions,
): Promise<boolean> {
  const { space, direction, definition, target } = journal.state;
  const sampler = SAMPLERS[definition.sampler]({ space, seed, direction });
  for (;;) {
    const { trials } = journal.state;
    const running = trials.find(({ state }) => state === 'running');
    const number = running?.number ?? trials.length;
    if (running === undefined) {
      if (number >= target) return true;
      if (signal?.aborted === true) return false;
      journal.startTrial(sampler.suggest(number, trials));
    }
    const end = await execute(journal.state.trials[number], reportsOf(journal, number));
    if (end.state === 'interrupted') return false;
    record(journal, number, end);
    onTrial(journal.state.trials[number]);
    assertSomeSucceed(journal.state.trials);
  }
}

function reportsOf(journal: Journal, number: number): TrialReports {
  const { definition, direction } = journal.state;
  const prunes = PRUNERS[definition.pruner];
  return {
    onStart(run) {
      if (journal.state.trials[number].run !== run) journal.setRun(number, run);
    },
    onEpoch(epoch, value, isLast) {
      if (!journal.state.trials[number].epochs.has(epoch)) journal.addEpoch(number, epoch, value);
      const { trials } = journal.state;
      return !isLast && prunes(upTo(trials[number], epoch), trials, direction);
    },
  };
}

/** A trial as it was after an epoch. */
function upTo(trial: Trial, epoch: number): Trial {
  return { ...trial, epochs: new Map([...trial.epochs].filter(([each]) => each <= epoch)) };
}

function record(journal: Journal, number: number, end: Exclude<TrialEnd, { state: 'interrupted' }>): void {
  const trial = journal.state.trials[number];
  if (end.state === 'failed') {
    journal.failTrial(number, end.error);
    return;
  }
  const { direction } = journal.state;
  const value = end.state === 'complete' ? bestOfEpochs(trial, direction) : lastEpoch(trial)?.value;
  journal.endTrial(number, end.state, value);
}

function assertSomeSucceed(trials: readonly Trial[]): void {
  const last = trials.slice(-MAX_FAILURES_IN_A_ROW);
  if (last.length < MAX_FAILURES_IN_A_ROW || last.some(({ state }) => state !== 'failed')) return;
  throw new InklingError(
    `sweep: ${MAX_FAILURES_IN_A_ROW} trials in a row failed, the last one because of: ${last.at(-1)?.error ?? ''}; correct the space file, or resume the sweep to continue nevertheless`,
  );
}
