import { InklingError, messageOf } from '../core/errors.js';
import type { Journal } from './journal/journal.js';
import { executeAll } from './queue/executeAll.js';
import type { TrialEnd, TrialJob, TrialQueue, TrialReports } from './queue/trialQueue.js';
import { promotionOf } from './pruners/promotionOf.js';
import type { Pruner } from './pruners/pruner.js';
import { trialConfig } from './space/trialConfig.js';
import { PRUNERS, SAMPLERS } from './strategies.js';
import { hasRunFolder } from './sweepFolder.js';
import { isStopRequested } from './stopTrial.js';
import { bestOfEpochs, isPaused, lastEpoch, type Trial } from './trial.js';

/** After so many failures in a row, the next trials would fail as well. */
const MAX_FAILURES_IN_A_ROW = 5;

interface ConductOptions {
  /** Of the sampler. */
  readonly seed: number;
  /** Called after each trial, also when it is paused. */
  readonly onTrial: (trial: Trial) => void;
  /** Once it is aborted, no other trial is started, and those that are running are interrupted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Conducts a sweep until it has all its trials: decides on values, has the queue execute as many trials at the same time as it can, and
 * ends or pauses them early. What executes a trial and where is not its concern. Trials that were running when the sweep was interrupted are
 * executed first. Those that are paused at the end are pruned.
 *
 * @returns false if it was interrupted
 * @throws {InklingError} when several trials in a row have failed, the queue has failed, or the journal cannot be written
 */
export async function conductSweep(
  journal: Journal,
  queue: TrialQueue,
  { seed, onTrial, signal }: ConductOptions,
): Promise<boolean> {
  const { space, direction, definition } = journal.state;
  const sampler = SAMPLERS[definition.sampler]({ space, seed, direction });
  const prunes = PRUNERS[definition.pruner](direction);
  const promotion = promotionOf(journal.state);
  const pending: number[] = [];
  for (const trial of journal.state.trials) {
    const isRepeated = isLost(journal.folder, trial);
    promotion.add(trial, isRepeated);
    if (trial.state !== 'running') sampler.learn?.(trial);
    else if (!isPaused(trial) || isRepeated) pending.push(trial.number);
  }
  let active = 0;
  const next = (): number | undefined => {
    const { trials, target } = journal.state;
    if (signal?.aborted === true) return undefined;
    const training = promotion.next({ trials, target, active });
    if (training === undefined) return undefined;
    if (training.type === 'continue') {
      journal.continueTrial(training.trial, training.until);
      return training.trial;
    }
    const number = trials.length;
    journal.startTrial(sampler.suggest(number), promotion.first);
    return number;
  };
  const conduct = async (number: number, stop: AbortSignal): Promise<boolean> => {
    active++;
    const end = await executeTrial(journal, number, { queue, prunes }, stop).finally(() => active--);
    if (end.state === 'interrupted') return false;
    if (end.state !== 'paused') record(journal, number, end);
    const trial = journal.state.trials[number];
    if (end.state === 'paused') promotion.pause(trial);
    else sampler.learn?.(trial);
    if (end.state === 'failed') promotion.fail(trial);
    onTrial(trial);
    assertSomeSucceed(journal.state.trials);
    return true;
  };
  const isDone = await executeAll({ pending, next, execute: conduct, queue, signal });
  if (isDone) prunePaused(journal);
  return isDone;
}

/** Whether a trial was paused according to its epochs, but its run was not collected before the sweep was killed. */
function isLost(folder: string, trial: Trial): boolean {
  return isPaused(trial) && !hasRunFolder(folder, trial);
}

/** Ends the trials that are not among the best. */
function prunePaused(journal: Journal): void {
  const paused = journal.state.trials.filter(isPaused);
  journal.pruneTrials(paused.map((trial) => ({ number: trial.number, value: lastEpoch(trial)?.value })));
}

async function executeTrial(
  journal: Journal,
  number: number,
  { queue, prunes }: { readonly queue: TrialQueue; readonly prunes: Pruner },
  signal: AbortSignal,
): Promise<TrialEnd | { readonly state: 'paused' }> {
  const trial = journal.state.trials[number];
  let job: TrialJob;
  try {
    const name = `trial-${number}`;
    const config = { ...trialConfig(journal.state.space, trial.params), name };
    job = { name, config, run: trial.run, until: trial.until, trainsOnly: true, goesFirst: false };
  } catch (error) {
    return { state: 'failed', error: messageOf(error) };
  }
  const pruning = new AbortController();
  const { onStart, onEpoch } = reportsOf(journal, number, prunes);
  const end = await queue.execute(
    job,
    {
      onStart,
      // Elsewhere, a job may have begun another epoch before it is ended.
      onEpoch(...epoch) {
        if (!pruning.signal.aborted && onEpoch(...epoch)) pruning.abort();
        return pruning.signal.aborted;
      },
    },
    signal,
  );
  if (pruning.signal.aborted) return end.state === 'complete' ? { state: 'pruned' } : end;
  return end.state === 'pruned' && isPaused(journal.state.trials[number]) ? { state: 'paused' } : end;
}

function reportsOf(journal: Journal, number: number, prunes: Pruner): TrialReports {
  return {
    onStart(run) {
      if (journal.state.trials[number].run !== run) journal.setRun(number, run);
    },
    onEpoch(epoch, value, isLast) {
      if (!journal.state.trials[number].epochs.has(epoch)) journal.addEpoch(number, epoch, value);
      const { trials } = journal.state;
      return (
        !isLast && (isStopRequested(journal.folder, number) || prunes(upTo(trials[number], epoch), trials))
      );
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
  const last: Trial[] = [];
  for (let index = trials.length - 1; index >= 0 && last.length < MAX_FAILURES_IN_A_ROW; index--) {
    if (trials[index].state !== 'running' || isPaused(trials[index])) last.push(trials[index]);
  }
  if (last.length < MAX_FAILURES_IN_A_ROW || last.some(({ state }) => state !== 'failed')) return;
  throw new InklingError(
    `sweep: ${MAX_FAILURES_IN_A_ROW} trials in a row failed, the last one because of: ${last[0].error ?? ''}; correct the space file, or resume the sweep to continue nevertheless`,
  );
}
