import { InklingError } from '../core/errors.js';
import { selectedTrial } from './finalists/finalists.js';
import type { Journal } from './journal/journal.js';
import { executeAll } from './queue/executeAll.js';
import type { TrialQueue } from './queue/trialQueue.js';
import { trialConfig } from './space/trialConfig.js';

/**
 * Has the queue train the selected trial of a sweep that continues a study of Optuna, if Optuna trained it, so that there is a model to score.
 * The trial keeps the value that Optuna recorded.
 *
 * @returns false if it was interrupted
 * @throws {InklingError} when its training fails, the queue has failed, or the journal cannot be written
 */
export async function trainSelected(
  journal: Journal,
  queue: TrialQueue,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { space } = journal.state;
  const trial = selectedTrial(journal.state);
  if (trial === undefined || trial.run !== undefined) return true;
  const { number, params } = trial;
  return executeAll({
    pending: [number],
    next: () => undefined,
    queue,
    signal,
    async execute(_, stop) {
      let run = '';
      const job = {
        name: `trial-${number}`,
        config: trialConfig(space, params),
        run: undefined,
        trainsOnly: true,
        goesFirst: true,
      };
      const onStart = (name: string) => {
        run = name;
      };
      const end = await queue.execute(job, { onStart, onEpoch: () => false }, stop);
      if (end.state === 'interrupted') return false;
      if (end.state === 'failed') {
        throw new InklingError(
          `trial ${number} of the study, which has the best validation: training failed: ${end.error}; correct the space file, or start a sweep without the study`,
        );
      }
      journal.setRun(number, run);
      return true;
    },
  });
}
