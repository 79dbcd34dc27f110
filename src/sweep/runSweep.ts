import { join } from 'node:path';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { InklingError } from '../core/errors.js';
import { unlessAborted } from '../core/unlessAborted.js';
import type { Dataset } from '../data/dataset.js';
import { assessRun } from '../runs/assessment/assessRun.js';
import { checkHooks, SHARED_HOOKS } from '../runs/checkHooks.js';
import type { RunHooks } from '../runs/conductRun.js';
import { conductSweep } from './conductSweep.js';
import { conductFinalists } from './finalists/conductFinalists.js';
import { selectedTrial } from './finalists/finalists.js';
import { Journal } from './journal/journal.js';
import { targetOf } from './planSweep.js';
import type { SeedRun } from './journal/records.js';
import { localQueue, type OpenQueue } from './queue/localQueue.js';
import { assertSameImages, trialImagesOf } from './queue/trialImages.js';
import { firstConfig } from './space/trialConfig.js';
import { journalFile, lockSweep, readSweep, type SweepRecord } from './sweepFolder.js';
import { trainSelected } from './trainSelected.js';
import { bestTrial, type Trial } from './trial.js';

/** What a sweep reports, and how it is interrupted or extended. */
export interface SweepHooks extends Pick<RunHooks, 'command' | 'onDownload' | 'signal'> {
  /** Changes how many trials the sweep is to have. */
  readonly trials?: number | undefined;
  /** How many trials are trained at the same time; if several, each by a process that loads the images itself. Default: 1. */
  readonly parallel?: number | undefined;
  /** What executes the trials instead, such as workers on other machines (`bullQueue`). */
  readonly openQueue?: OpenQueue | undefined;
  /** Called after each trial with the best one so far. */
  readonly onTrial?: (trial: Trial, best: Trial | undefined) => void;
  /** Called after each run of a finalist with another seed. */
  readonly onSeedRun?: (run: SeedRun) => void;
}

const HOOKS: OptionKinds<SweepHooks> = {
  command: SHARED_HOOKS.command,
  onDownload: SHARED_HOOKS.onDownload,
  signal: SHARED_HOOKS.signal,
  trials: kinds.count,
  parallel: kinds.count,
  openQueue: kinds.callback,
  onTrial: kinds.callback,
  onSeedRun: kinds.callback,
};

/**
 * Starts or continues a sweep. When all its trials have ended, the best one, by its validation, is scored on the test images; no other
 * is. If the sweep has other seeds, the best trials are trained with them first, and the one with the best mean is scored: its run with the
 * seed of the sweep, so that no seed is selected.
 *
 * @returns the records of the sweep, without test if it was interrupted
 * @throws {InklingError} when another process conducts it, the images are not those of its trials, or all trials failed
 */
export async function runSweep(folder: string, dataset: Dataset, given: SweepHooks): Promise<SweepRecord> {
  checkValues('runSweep', { folder }, { folder: records.sweepFolder });
  checkArguments('runSweep', { dataset });
  checkHooks('runSweep', given, HOOKS);
  const { trials, parallel = 1, openQueue, onTrial, onSeedRun, ...hooks } = given;
  const lock = lockSweep(folder);
  try {
    const journal = Journal.open(journalFile(folder));
    assertSameImages(journal.state.definition, dataset, folder);
    changeTarget(journal, trials);
    const { space, definition } = journal.state;
    const images = { ...trialImagesOf(firstConfig(space), dataset), version: definition.version };
    const execution = { ...hooks, folder, exchange: folder, dataset, images };
    const queue = (await openQueue?.(execution)) ?? localQueue(execution, parallel);
    const { signal } = hooks;
    let isDecided = false;
    try {
      const isDone = await conductSweep(journal, queue, {
        seed: firstConfig(journal.state.space).seed,
        onTrial: withBest(journal, onTrial),
        signal,
      });
      const onRun = (run: SeedRun) => onSeedRun?.(run);
      isDecided =
        isDone &&
        (await conductFinalists(journal, queue, { onSeedRun: onRun, signal })) &&
        (await trainSelected(journal, queue, signal));
    } finally {
      await queue.close();
    }
    if (isDecided) await scoreBest(journal, selectedTrial(journal.state), folder, dataset, hooks);
  } finally {
    lock.release();
  }
  return readSweep(folder);
}

/** Reports each trial with the best one so far. */
function withBest({ state }: Journal, onTrial: SweepHooks['onTrial']): (trial: Trial) => void {
  const { direction } = state;
  let best = bestTrial(state.trials, direction);
  return (trial) => {
    const both = [...(best === undefined ? [] : [best]), trial].sort((a, b) => a.number - b.number);
    best = bestTrial(both, direction);
    onTrial?.(trial, best);
  };
}

function changeTarget(journal: Journal, trials: number | undefined): void {
  const { target, space, definition, trials: started } = journal.state;
  if (trials === undefined || trials === target) return;
  if (trials < started.length) {
    throw new InklingError(
      `trials: expected at least ${started.length}, the number of trials that the sweep has, got ${trials}; increase it, or leave it out`,
    );
  }
  journal.setTarget(targetOf(definition.sampler, space, trials));
}

async function scoreBest(
  journal: Journal,
  best: Trial | undefined,
  folder: string,
  dataset: Dataset,
  { signal }: SweepHooks,
): Promise<void> {
  if (best?.run === undefined) {
    const { trials } = journal.state;
    throw new InklingError(
      `sweep: expected a complete trial, got ${trials.length} that failed, the last one because of: ${trials.at(-1)?.error ?? ''}; correct the space file`,
    );
  }
  if (journal.state.test?.trial === best.number) return;
  const summary = await unlessAborted(signal, assessRun(join(folder, best.run), dataset, signal));
  if (summary?.test === undefined) return;
  const { test } = summary;
  journal.setTest({ trial: best.number, accuracy: test.accuracy, loss: test.loss });
}
