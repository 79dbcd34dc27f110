import type { Dataset } from '../data/dataset.js';
import { datasetInputKind } from '../data/inputKind.js';
import { matchClasses } from '../data/matchClasses.js';
import { classesOf, type SavedModel, MAX_CHECKPOINT_BYTES } from '../interop/checkpoint.js';
import { decodeStateDict, type StateDictFile } from '../interop/decodeStateDict.js';
import { fromStateDict } from '../interop/torch/stateDict.js';
import { resolveModel } from '../models/resolve.js';
import { readBytes } from '../platform/files.js';
import type { Config } from '../train/config.js';
import { scoreSaved } from '../train/evaluate.js';
import { trainingTask } from '../train/task.js';
import { withAbsolutePaths } from './dataset/absolutePaths.js';
import { recordPredictions } from './recordPredictions.js';
import { finiteMetricsOf } from '../train/metrics.js';
import { openModel } from '../train/openModel.js';
import type { FinishedRun } from './conductRun.js';
import { RunFolder, runNameOf } from './runFolder.js';
import { beginHistory, RunSummaryBuilder, type RunOrigin } from './runSummaryBuilder.js';

/** A run folder with imported weights. */
export interface ImportedRun extends FinishedRun, Pick<StateDictFile, 'dictionary'> {}

/**
 * Creates a run folder from weights that were trained with PyTorch, and evaluates them on the test images. If the file contains
 * class names, as files exported by Inkling do, the classes of the data set are matched by name.
 *
 * @param file with the `state_dict` of the configuration's model: a safetensors file, or one of `torch.save`
 * @throws {InklingError} that lists all tensors that are missing, unexpected, or of another type or shape; no run folder is
 * created then
 */
export async function importRun(
  file: string,
  settings: Config,
  given: Dataset,
  origin: RunOrigin,
): Promise<ImportedRun> {
  const { tensors, metadata, dictionary } = decodeStateDict(readBytes(file, MAX_CHECKPOINT_BYTES), file);
  const dataset = matchClasses(given, classesOf(metadata, file) ?? given.classes);
  const config = withAbsolutePaths(settings);
  const model = openModel(config.model, { input: dataset.shape, classes: dataset.classes.length });
  const task = trainingTask(resolveModel(model), dataset, config);
  const log = new RunSummaryBuilder(task, beginHistory(origin));
  const saved: SavedModel = {
    model,
    classes: dataset.classes,
    dataset: dataset.name,
    inputKind: config.input ?? datasetInputKind(dataset),
    ...fromStateDict(model, tensors, file),
  };
  const scores = await scoreSaved(saved, dataset, { threads: task.threads });
  log.measured = {
    test: finiteMetricsOf(scores, scores.labels, dataset.classes.length),
    calibration: undefined,
  };
  const folder = RunFolder.claim(config, runNameOf(config, dataset));
  const summary = log.summary('imported');
  try {
    folder.saveCheckpoint('best', saved);
    folder.savePredictions(recordPredictions(dataset, task.split, scores));
    folder.saveSummary(summary);
  } finally {
    folder.close();
  }
  return { folder: folder.path, summary, isRecorded: true, dictionary };
}
