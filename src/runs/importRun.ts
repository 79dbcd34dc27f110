import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import type { Dataset } from '../data/dataset.js';
import { datasetInputKind } from '../data/inputKind.js';
import { matchClasses } from '../data/matchClasses.js';
import { InklingError } from '../core/errors.js';
import { teamOf } from '../engine/teamOf.js';
import {
  classesOf,
  MAX_CHECKPOINT_BYTES,
  type ModelDefinition,
  type SavedModel,
} from '../interop/checkpoint.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { decodeStateDict, type StateDictFile } from '../interop/decodeStateDict.js';
import type { SavedTensor } from '../interop/dtypes.js';
import { isOnnxFile } from '../interop/foreignFile.js';
import { decodeOnnxNetwork } from '../interop/onnx/file/decodeOnnx.js';
import { fromStateDict } from '../interop/torch/stateDict.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import { readBytes } from '../platform/files.js';
import { calibrationNotice } from '../predict/calibration.js';
import { onnxOptions } from '../predict/load.js';
import { assertEveryClass } from '../train/assertEveryClass.js';
import { calibrateOnValidation } from '../train/calibrateOnValidation.js';
import type { Config } from '../train/config.js';
import { scoreSaved } from '../train/evaluate.js';
import { type TrainingTask, trainingTask } from '../train/task.js';
import { withoutPrototypes } from './assessment/saveAssessedModel.js';
import { withAbsolutePaths } from './dataset/absolutePaths.js';
import { recordPredictions } from './recordPredictions.js';
import { finiteMetricsOf } from '../train/metrics.js';
import { openModel } from '../train/openModel.js';
import type { FinishedRun } from './conductRun.js';
import { RunFolder, runNameOf } from './runFolder.js';
import { beginHistory, RunSummaryBuilder, type RunOrigin } from './runSummaryBuilder.js';

/** A run folder with imported weights. */
export interface ImportedRun extends FinishedRun, Pick<StateDictFile, 'dictionary'> {}

/** What a file to import contains, and the model if it determines one. */
interface ImportedFile
  extends
    Pick<StateDictFile, 'dictionary'>,
    Pick<ModelDefinition, 'inputKind'>,
    Pick<SavedModel, 'calibration'> {
  readonly model: Model | undefined;
  readonly tensors: ReadonlyMap<string, SavedTensor>;
  readonly classes: readonly string[] | undefined;
}

/**
 * The model that a file determines, for which its data set is then loaded; undefined for files that contain only weights.
 *
 * @throws {InklingError} when the file cannot be imported
 */
export function importedModel(
  file: string,
  settings: Pick<Config, 'imageSize' | 'input'>,
): (Pick<SavedModel, 'inputKind'> & { input: Model['input']; classes?: readonly string[] }) | undefined {
  const { model, classes, inputKind } = readImport(file, settings);
  return model && { input: model.input, inputKind: settings.input ?? inputKind, ...(classes && { classes }) };
}

/** Where an import comes from, and whether it also calibrates the model. */
export interface ImportOptions extends RunOrigin {
  /** Calibrates the model as training does, on the validation images of the data set, and with its training images. */
  readonly calibrate?: boolean | undefined;
}

const OPTIONS: OptionKinds<ImportOptions> = {
  command: kinds.string,
  note: kinds.string,
  calibrate: kinds.flag,
};

/**
 * Creates a run folder from an ONNX model, or from weights that were trained with PyTorch, and evaluates it on the test images. If the
 * file contains class names, as files exported by Inkling do, the classes of the data set are matched by name.
 *
 * @param file an ONNX model, or the `state_dict` of the configuration's model: a safetensors file, or one of `torch.save`
 * @throws {InklingError} naming the node that is not supported, or listing all tensors that are missing, unexpected, or of another type
 * or shape; no run folder is created then
 */
export async function importRun(
  file: string,
  settings: Config,
  given: Dataset,
  options: ImportOptions,
): Promise<ImportedRun> {
  checkValues('importRun', { file, settings }, { file: kinds.path, settings: records.config });
  checkArguments('importRun', { dataset: given });
  checkOptions('importRun', options, OPTIONS, "{ command: 'my program' }");
  checkValues('importRun', { command: options.command }, { command: OPTIONS.command });
  const { tensors, classes, dictionary, ...imported } = readImport(file, settings);
  const dataset = matchClasses(given, classes ?? given.classes);
  const model =
    imported.model ?? openModel(settings.model, { input: dataset.shape, classes: dataset.classes.length });
  const config = { ...withAbsolutePaths(settings), ...(imported.model && { model: model.name }) };
  checkOutputs(imported, dataset, file);
  const task = trainingTask(resolveModel(model), dataset, config);
  const log = new RunSummaryBuilder(task, beginHistory(options));
  const decoded: SavedModel = {
    model,
    classes: dataset.classes,
    dataset: dataset.name,
    inputKind: config.input ?? datasetInputKind(dataset),
    ...fromStateDict(model, tensors, file),
  };
  const scores = await scoreSaved(decoded, dataset, { threads: task.threads });
  const test = finiteMetricsOf(scores, scores.labels, dataset.classes.length);
  const calibration =
    options.calibrate === true ? await calibrateImported(decoded, task, log) : imported.calibration;
  log.measured = { test, calibration: withoutPrototypes(calibration) };
  const folder = RunFolder.claim(config, runNameOf(config, dataset));
  const summary = log.summary('imported');
  try {
    folder.saveCheckpoint('best', { ...decoded, ...(calibration && { calibration }) });
    folder.savePredictions(recordPredictions(dataset, task.split, scores));
    folder.saveSummary(summary);
  } finally {
    folder.close();
  }
  return { folder: folder.path, summary, isRecorded: true, dictionary };
}

/** @throws {InklingError} when a class lacks images */
async function calibrateImported(
  saved: SavedModel,
  task: TrainingTask,
  log: RunSummaryBuilder,
): Promise<Calibration> {
  assertEveryClass(task);
  const calibration = await calibrateOnValidation(saved, task, {
    engine: teamOf(task.threads),
    selection: 'none',
  });
  const notice = calibrationNotice(calibration);
  if (notice !== undefined) log.addNotices([notice]);
  return calibration;
}

function readImport(file: string, { imageSize }: Pick<Config, 'imageSize'>): ImportedFile {
  const bytes = readBytes(file, MAX_CHECKPOINT_BYTES);
  if (isOnnxFile(bytes, file)) return decodeOnnxNetwork(bytes, onnxOptions(file, imageSize));
  const { metadata, ...weights } = decodeStateDict(bytes, file);
  return { ...weights, model: undefined, classes: classesOf(metadata, file) };
}

/** @throws {InklingError} when a model cannot be evaluated on a data set because it has other classes */
function checkOutputs({ model }: Pick<ImportedFile, 'model'>, dataset: Dataset, file: string): void {
  if (model === undefined) return;
  const { classes: outputs } = resolveModel(model);
  if (outputs === dataset.classes.length) return;
  throw new InklingError(
    `${file}: has ${outputs} outputs, but ${dataset.name} has ${dataset.classes.length} classes; ` +
      'to fine-tune it, use inkling train --init-from FILE, which replaces its last layer',
  );
}
