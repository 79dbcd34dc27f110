import { InklingError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { matchClasses } from '../../data/matchClasses.js';
import { readSavedModel } from '../../predict/load.js';
import { recordedTask } from '../dataset/recordedTask.js';
import { readTraining } from '../verify/recordedRun.js';
import { assess } from './assess.js';
import { readFinishedRun } from '../readRun.js';
import { RunFolder } from '../runFolder.js';
import type { RunSummary } from '../runSummary.js';
import { saveAssessedModel } from './saveAssessedModel.js';

/**
 * Scores the best model of a run that was only trained on the test images, calibrates it, and completes the run's folder, which is
 * then like that of any other run.
 *
 * @throws {InklingError} when the run did not finish, or the data set does not fit
 * @throws the signal's reason when it is aborted
 */
export async function assessRun(folder: string, given: Dataset, signal?: AbortSignal): Promise<RunSummary> {
  const run = readFinishedRun(folder);
  const { config, summary } = run;
  const { best, startedAt, epochs, notices = [] } = summary;
  if (best === undefined) throw new InklingError(`run "${folder}": has no best epoch; train it again`);
  const saved = readSavedModel(folder);
  const task = recordedTask(saved, config, matchClasses(given, saved.classes));
  const { crossFit } = readTraining(run)?.state ?? {};
  const assessment = await assess(saved, task, { signal, crossFit });
  const opened = RunFolder.reopen({ folder, epochs }, config);
  try {
    const training = { saved, epochs: epochs.length, best, seed: config.seed, startedAt };
    const measured = saveAssessedModel(opened, training, assessment);
    opened.savePredictions(assessment.predictions);
    const all = [...notices, ...assessment.notices];
    const assessed = { ...summary, ...measured, ...(all.length > 0 && { notices: all }) };
    opened.saveSummary(assessed);
    return assessed;
  } finally {
    opened.close();
  }
}
