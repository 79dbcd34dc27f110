import { mkdirSync } from 'node:fs';
import { Journal } from '#inkling/sweep/journal/journal.js';
import type { SeedRun, SweepDefinition } from '#inkling/sweep/journal/records.js';
import type { Params } from '#inkling/sweep/space/space.js';
import { journalFile } from '#inkling/sweep/sweepFolder.js';
import type { Direction } from '#inkling/sweep/trial.js';

/** What a journal states of a trial. */
export interface JournaledTrial {
  readonly params: Params;
  /** By epoch, from the first. */
  readonly values?: readonly number[];
  /** `running` unless stated. */
  readonly state?: 'complete' | 'pruned' | 'failed';
  readonly error?: string;
  readonly run?: string;
}

export interface JournaledSweep {
  readonly space: SweepDefinition['space'];
  readonly trials: readonly JournaledTrial[];
  readonly test?: { readonly trial: number; readonly accuracy: number; readonly loss: number };
  readonly target?: number;
  /** With which finalists are trained. */
  readonly seeds?: number[];
  /** Their runs. */
  readonly seedRuns?: readonly SeedRun[];
  readonly direction?: Direction;
}

/** Writes the journal of a sweep without training anything. */
export function writeJournal(
  folder: string,
  {
    space,
    trials,
    test,
    target = trials.length,
    direction = 'maximize',
    seeds,
    seedRuns = [],
  }: JournaledSweep,
): Journal {
  mkdirSync(folder, { recursive: true });
  const journal = Journal.create(journalFile(folder), {
    name: 'sweep-1',
    direction,
    definition: {
      format: 1,
      version: '0.1.0',
      space,
      sampler: 'tpe',
      pruner: 'asha',
      fingerprint: { train: '0', test: '0' },
      ...(seeds !== undefined && { seeds }),
    },
    target,
  });
  trials.forEach(
    ({ params, values = [], state, error = '', run = `trial-${journal.state.trials.length}-1` }, number) => {
      journal.startTrial(params);
      journal.setRun(number, run);
      values.forEach((value, index) => {
        journal.addEpoch(number, index + 1, value);
      });
      if (state === 'failed') journal.failTrial(number, error);
      if (state === 'pruned') journal.endTrial(number, state, values.at(-1));
      if (state !== 'complete') return;
      journal.endTrial(number, state, direction === 'maximize' ? Math.max(...values) : Math.min(...values));
    },
  );
  for (const run of seedRuns) journal.setSeedRun(run);
  if (test !== undefined) journal.setTest(test);
  return journal;
}
