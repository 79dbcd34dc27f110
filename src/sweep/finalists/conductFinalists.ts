import { messageOf } from '../../core/errors.js';
import type { Journal } from '../journal/journal.js';
import type { SeedRun } from '../journal/records.js';
import { executeAll } from '../queue/executeAll.js';
import type { TrialEnd, TrialJob, TrialQueue } from '../queue/trialQueue.js';
import { trialConfig } from '../space/trialConfig.js';
import { bestOfEpochs } from '../trial.js';
import { finalistsOf, hasEnded } from './finalists.js';

interface ConductOptions {
  /** Called after each run. */
  readonly onSeedRun: (run: SeedRun) => void;
  /** Once it is aborted, no other run is started, and those that are running are interrupted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has the queue train the finalists of a sweep whose trials have ended with other seeds, on the same training and validation images.
 * Runs that ended before the sweep was interrupted are not repeated. No run is ended early, so that all are compared after their last epoch.
 *
 * @returns false if it was interrupted
 * @throws {InklingError} when the queue has failed, or the journal cannot be written
 */
export async function conductFinalists(
  journal: Journal,
  queue: TrialQueue,
  { onSeedRun, signal }: ConductOptions,
): Promise<boolean> {
  const missing = finalistsOf(journal.state)
    .flatMap(({ runs }) => runs)
    .filter((run) => !hasEnded(run));
  return executeAll({
    pending: [...missing.keys()],
    next: () => undefined,
    queue,
    signal,
    async execute(index, stop) {
      const end = await executeRun(journal, missing[index], queue, stop);
      if (end === undefined) return false;
      journal.setSeedRun(end);
      onSeedRun(end);
      return true;
    },
  });
}

/** @returns undefined if it was interrupted */
async function executeRun(
  journal: Journal,
  begun: SeedRun,
  queue: TrialQueue,
  signal: AbortSignal,
): Promise<SeedRun | undefined> {
  let run = begun;
  let job: TrialJob;
  try {
    job = jobOf(journal, begun);
  } catch (error) {
    return { ...run, error: messageOf(error) };
  }
  // A run that is resumed reports its earlier epochs again.
  const epochs = new Map<number, number>();
  const end: TrialEnd = await queue.execute(
    job,
    {
      onStart(name) {
        if (run.run === name) return;
        run = { ...run, run: name };
        journal.setSeedRun(run);
      },
      onEpoch(epoch, value) {
        epochs.set(epoch, value);
        return false;
      },
    },
    signal,
  );
  if (end.state === 'interrupted') return undefined;
  if (end.state === 'failed') return { ...run, error: end.error };
  const value = bestOfEpochs({ epochs }, journal.state.direction);
  return value === undefined ? { ...run, error: 'no epoch ended' } : { ...run, value };
}

/** The settings of a trial with another seed; the seed of the validation split is another setting. */
function jobOf({ state: { space, trials } }: Journal, { trial, seed, run }: SeedRun): TrialJob {
  const name = `trial-${trial}-seed-${seed}`;
  const config = { ...trialConfig(space, trials[trial].params), seed, name };
  return { name, config, run, trainsOnly: true, goesFirst: true };
}
