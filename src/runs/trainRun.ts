import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as records from '../core/arguments/records.js';
import type { Dataset } from '../data/dataset.js';
import { datasetInputKind } from '../data/inputKind.js';
import { matchClasses } from '../data/matchClasses.js';
import { splitMethodOf } from '../data/split.js';
import { resolveModel } from '../models/resolve.js';
import { assertAugmentable } from '../plan/assertAugmentable.js';
import type { Config } from '../train/config.js';
import { assertEveryClass } from '../train/assertEveryClass.js';
import { assertDevice } from '../train/device/assertDevice.js';
import { assertWeightPerClass } from '../train/loss.js';
import { openModel } from '../train/openModel.js';
import { withAbsolutePaths } from './dataset/absolutePaths.js';
import { recordedTask } from './dataset/recordedTask.js';
import { checkFolds, runTask } from './dataset/runTask.js';
import { checkHooks, RUN_HOOKS } from './checkHooks.js';
import { conductRun, type FinishedRun, type PreparedRun, type RunHooks } from './conductRun.js';
import { assertSameImages, type ResumePoint } from './resume.js';
import { RunFolder, runNameOf } from './runFolder.js';
import { beginHistory, RunSummaryBuilder } from './runSummaryBuilder.js';
import { startingModel } from './start/startingModel.js';

/**
 * Trains and evaluates a model, and saves everything in a new run folder.
 *
 * @throws {MachineError} when the GPU that must train is missing; there is no run folder then
 * @throws {InklingError} when training fails; the folder then contains the error and the last valid checkpoint
 */
export async function trainRun(settings: Config, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  checkValues('trainRun', { settings }, { settings: records.config });
  checkArguments('trainRun', { dataset });
  checkHooks('trainRun', hooks, RUN_HOOKS);
  const { config, ...run } = await prepareRun(settings, dataset, hooks);
  await assertDevice(config);
  return conductRun({ ...run, folder: RunFolder.claim(config, runNameOf(config, dataset)) }, hooks);
}

/**
 * Trains and evaluates a model, and saves everything in a folder that `claimRunFolder` has created.
 *
 * @throws {InklingError} when training fails; the folder then contains the error and the last valid checkpoint
 */
export async function trainRunIn(
  path: string,
  settings: Config,
  dataset: Dataset,
  hooks: RunHooks,
): Promise<FinishedRun> {
  const { config, ...run } = await prepareRun(settings, dataset, hooks);
  return conductRun({ ...run, folder: RunFolder.reopen({ folder: path, epochs: [] }, config) }, hooks);
}

/**
 * Checks everything about a run that can be checked before it is trained.
 *
 * @returns what it trains, and the configuration to record
 * @throws {InklingError} when settings, model, and data set do not fit together
 */
export async function prepareRun(
  settings: Config,
  dataset: Dataset,
  hooks: RunHooks,
): Promise<Omit<PreparedRun, 'folder'> & { readonly config: Config }> {
  const asked = withAbsolutePaths(settings);
  checkFolds(asked);
  if (asked.augment) assertAugmentable(asked.augment, dataset.shape);
  assertWeightPerClass(asked.classWeights, dataset.classes.length);
  const starting = await startingModel(asked, dataset, hooks);
  const model = resolveModel(
    starting?.model ?? openModel(asked.model, { input: dataset.shape, classes: dataset.classes.length }),
  );
  const config = {
    ...asked,
    ...starting?.settings,
    // Recorded, because it does not follow from the images.
    ...(datasetInputKind(dataset) === 'photo' && { input: 'photo' as const }),
    // Recorded, so that the run is resumed with the same split. Runs without a record were split at random.
    ...(asked.split === undefined &&
      splitMethodOf(dataset, asked.splitSeed) === 'stratified' && { split: 'stratified' as const }),
  };
  const task = runTask(model, dataset, config, hooks.threads);
  assertEveryClass(task);
  const log = new RunSummaryBuilder(task, { ...beginHistory(hooks), newHead: starting?.newHead });
  return { config, task, start: { backbone: starting }, log };
}

/**
 * Resumes a run after its last completed epoch. The results are bit-identical to those of an uninterrupted run, if the same device trains: with
 * the setting `device` `auto`, it does if it can.
 *
 * @throws {InklingError} when the data set differs from that of the run, or training fails
 */
export async function resumeRun(point: ResumePoint, given: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  checkValues('resumeRun', { point }, { point: records.resumePoint });
  checkArguments('resumeRun', { dataset: given });
  checkHooks('resumeRun', hooks, RUN_HOOKS);
  const { config, state, best, definition } = point;
  const dataset = matchClasses(given, definition.classes);
  assertSameImages(point, dataset);
  await assertDevice(config);
  const history = { ...point.history, resumedAt: [...point.history.resumedAt, new Date().toISOString()] };
  const task = recordedTask(definition, config, dataset, hooks.threads);
  const log = new RunSummaryBuilder(task, history, state.epochs);
  const folder = RunFolder.reopen({ ...point, epochs: state.epochs }, config);
  const device = point.history.devices?.at(-1);
  return conductRun({ task, start: { resume: { state, best, device } }, log, folder }, hooks);
}
