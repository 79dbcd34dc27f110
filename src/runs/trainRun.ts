import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as records from '../core/arguments/records.js';
import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { backboneInput, loadBackbone } from '../backbones/loadBackbone.js';
import type { Dataset } from '../data/dataset.js';
import { datasetInputKind } from '../data/inputKind.js';
import { matchClasses } from '../data/matchClasses.js';
import { splitMethodOf } from '../data/split.js';
import { resolveModel } from '../models/resolve.js';
import { assertAugmentable } from '../plan/assertAugmentable.js';
import { readStartingModel } from '../predict/load.js';
import type { Config } from '../train/config.js';
import { trainableOf } from '../train/features/trainable.js';
import { type Backbone, backboneFor } from '../train/fineTune.js';
import { assertEveryClass } from '../train/assertEveryClass.js';
import { trainingTask } from '../train/task.js';
import { assertWeightPerClass } from '../train/loss.js';
import { openModel } from '../train/openModel.js';
import { withAbsolutePaths } from './dataset/absolutePaths.js';
import { recordedTask } from './dataset/recordedTask.js';
import { checkHooks, RUN_HOOKS } from './checkHooks.js';
import { conductRun, type FinishedRun, type PreparedRun, type RunHooks } from './conductRun.js';
import { assertSameImages, type ResumePoint } from './resume.js';
import { RunFolder, runNameOf } from './runFolder.js';
import { beginHistory, RunSummaryBuilder } from './runSummaryBuilder.js';

/**
 * Trains and evaluates a model, and saves everything in a new run folder.
 *
 * @throws {InklingError} when training fails; the folder then contains the error and the last valid checkpoint
 */
export async function trainRun(settings: Config, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  checkValues('trainRun', { settings }, { settings: records.config });
  checkArguments('trainRun', { dataset });
  checkHooks('trainRun', hooks, RUN_HOOKS);
  const { config, ...run } = await prepareRun(settings, dataset, hooks);
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
  if (asked.augment) assertAugmentable(asked.augment, dataset.shape);
  assertWeightPerClass(asked.classWeights, dataset.classes.length);
  const backbone = await startingModel(asked, dataset, hooks);
  const model = resolveModel(
    backbone?.model ?? openModel(asked.model, { input: dataset.shape, classes: dataset.classes.length }),
  );
  const config = {
    ...asked,
    ...(backbone && { model: backbone.model.name }),
    // Recorded, because neither follows from the images.
    ...(datasetInputKind(dataset) === 'photo' && { input: 'photo' as const }),
    ...(asked.backbone !== undefined &&
      dataset.shape[0] === dataset.shape[1] && { imageSize: dataset.shape[0] }),
    // Recorded, so that the run is resumed with the same split. Runs without a record were split at random.
    ...(asked.split === undefined &&
      splitMethodOf(dataset, asked.splitSeed) === 'stratified' && { split: 'stratified' as const }),
  };
  const task = trainingTask(model, dataset, config, hooks.threads);
  assertEveryClass(task);
  const log = new RunSummaryBuilder(task, { ...beginHistory(hooks), newHead: backbone?.newHead });
  return { config, task, start: { backbone }, log };
}

/** @throws {InklingError} when the model to fine-tune is not found, or does not fit the data set or the settings */
async function startingModel(
  { initFrom, backbone: name, dataDir, imageSize, ...config }: Config,
  dataset: Dataset,
  { signal, onDownload }: RunHooks,
): Promise<Backbone | undefined> {
  const who = initFrom ?? name;
  if (who === undefined) return undefined;
  if (initFrom === undefined) checkPhotos(who, dataset, imageSize);
  const saved =
    initFrom === undefined
      ? await loadBackbone({ name: who, input: dataset.shape, dataDir, signal, onProgress: onDownload })
      : readStartingModel(initFrom, imageSize);
  const backbone = backboneFor(saved, dataset, who);
  trainableOf(resolveModel(backbone.model), config);
  return backbone;
}

/** @throws {InklingError} unless the images were prepared as a backbone needs them */
function checkPhotos(backbone: string, dataset: Dataset, imageSize: number | undefined): void {
  const [expected, received] = [backboneInput(backbone, imageSize), dataset.shape].map(formatShape);
  const kind = datasetInputKind(dataset);
  if (expected === received && kind === 'photo') return;
  throw new InklingError(
    `backbone: ${backbone} expects photos of ${expected}, but the images of ${dataset.name} are prepared as ${kind} of ${received}; ` +
      'load it for a model with this input and input kind photo',
  );
}

/**
 * Resumes a run after its last completed epoch. The results are bit-identical to those of an uninterrupted run.
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
  const history = { ...point.history, resumedAt: [...point.history.resumedAt, new Date().toISOString()] };
  const task = recordedTask(definition, config, dataset, hooks.threads);
  const log = new RunSummaryBuilder(task, history, state.epochs);
  const folder = RunFolder.reopen({ ...point, epochs: state.epochs }, config);
  return conductRun({ task, start: { resume: { state, best } }, log, folder }, hooks);
}
