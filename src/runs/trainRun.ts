import { messageOf } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { matchClasses } from '../data/matchClasses.js';
import { inputKindOfModel } from '../interop/checkpoint.js';
import { splitMethodOf } from '../data/split.js';
import { resolveModel } from '../models/resolve.js';
import { assertAugmentable } from '../plan/augmentation.js';
import { readSavedModel } from '../predict/load.js';
import type { Config } from '../train/config.js';
import type { RunEvent } from './events.js';
import { type Backbone, backboneFor, frozenParameters } from '../train/fineTune.js';
import { assertEveryClass } from '../train/assertEveryClass.js';
import { trainingTask, type TrainingTask } from '../train/task.js';
import { definitionOf } from '../train/snapshots.js';
import { trainModel, type TrainingHooks } from '../train/trainModel.js';
import type { TrainingStart } from '../train/trainingStart.js';
import { assess } from './assess.js';
import { assertWeightPerClass } from '../train/loss.js';
import { openModel } from '../train/openModel.js';
import { withAbsolutePaths } from './dataset/absolutePaths.js';
import { assertSameImages, type ResumePoint } from './resume.js';
import { restoreLog } from './restoreLog.js';
import { RunFolder, runNameOf } from './runFolder.js';
import { beginHistory, RunSummaryBuilder, type RunOrigin } from './runSummaryBuilder.js';
import type { RunSummary } from './runSummary.js';
import { DivergedError } from '../train/trainEpoch.js';

export interface RunHooks extends RunOrigin {
  readonly onEvent: (event: RunEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface FinishedRun {
  readonly folder: string;
  readonly summary: RunSummary;
}

/**
 * Trains and evaluates a model, and saves everything in a new run folder.
 *
 * @throws {InklingError} when training fails; the folder then contains the error and the last valid checkpoint
 */
export async function trainRun(settings: Config, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  const asked = withAbsolutePaths(settings);
  if (asked.augment) assertAugmentable(asked.augment, dataset.shape);
  assertWeightPerClass(asked.classWeights, dataset.classes.length);
  const backbone = backboneOf(asked, dataset);
  const model = resolveModel(
    backbone?.model ?? openModel(asked.model, { input: dataset.shape, classes: dataset.classes.length }),
  );
  const config = {
    ...asked,
    ...(backbone && { model: backbone.model.name }),
    // Recorded, so that the run is resumed with the same split. Runs without a record were split at random.
    ...(asked.split === undefined &&
      splitMethodOf(dataset, asked.splitSeed) === 'stratified' && { split: 'stratified' as const }),
  };
  const task = trainingTask(model, dataset, config);
  assertEveryClass(task);
  const log = new RunSummaryBuilder(task, { ...beginHistory(hooks), newHead: backbone?.newHead });
  const folder = RunFolder.claim(config, runNameOf(config, dataset));
  return conduct({ task, start: { backbone }, log, folder }, hooks);
}

/** @throws {InklingError} when the model to fine-tune does not fit the data set or the settings */
function backboneOf({ initFrom, freeze = [] }: Config, dataset: Dataset): Backbone | undefined {
  if (initFrom === undefined) return undefined;
  const backbone = backboneFor(readSavedModel(initFrom), dataset, initFrom);
  frozenParameters(resolveModel(backbone.model), freeze);
  return backbone;
}

/**
 * Resumes a run after its last completed epoch. The results are bit-identical to those of an uninterrupted run.
 *
 * @throws {InklingError} when the data set differs from that of the run, or training fails
 */
export async function resumeRun(point: ResumePoint, given: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  const { config, state, best, definition } = point;
  const dataset = matchClasses(given, definition.classes);
  assertSameImages(point, dataset);
  const history = { ...point.history, resumedAt: [...point.history.resumedAt, new Date().toISOString()] };
  const task = trainingTask(resolveModel(definition.model), dataset, {
    ...config,
    input: inputKindOfModel(definition),
    split: config.split ?? 'random',
  });
  const log = new RunSummaryBuilder(task, history, state.epochs);
  const folder = RunFolder.reopen(point.folder, config, state.epochs);
  return conduct({ task, start: { resume: { state, best } }, log, folder }, hooks);
}

/** A run that is ready to start or to be resumed. */
interface PreparedRun {
  readonly task: TrainingTask;
  readonly start: TrainingStart;
  readonly log: RunSummaryBuilder;
  readonly folder: RunFolder;
}

async function conduct({ task, start, log, folder }: PreparedRun, hooks: RunHooks): Promise<FinishedRun> {
  const emit = (event: RunEvent) => {
    folder.record(event);
    hooks.onEvent(event);
  };
  const finish = (summary: RunSummary): FinishedRun => {
    folder.saveSummary(summary);
    emit({ type: 'finished', summary });
    return { folder: folder.path, summary };
  };

  try {
    if (start.resume !== undefined) restoreLog(folder.path, start.resume.state.epochs);
    emit({
      type: 'started',
      folder: folder.path,
      config: task.config,
      parameters: task.model.parameterCount,
      resumedAfter: start.resume?.state.epochs.length,
      newHead: log.history.newHead,
    });
    const { best, stopReason } = await trainModel(
      task,
      trainingHooks({ task, log, folder }, hooks, emit),
      start,
    );
    if (best === undefined || stopReason === 'interrupted') {
      return finish(log.summary(stopReason, undefined));
    }
    const { test, predictions, calibration } = await assess(best, task);
    log.calibration = calibration;
    const summary = log.summary(stopReason, test);
    folder.savePredictions(predictions);
    return finish(summary);
  } catch (error) {
    finish(log.summary(error instanceof DivergedError ? 'diverged' : 'failed', undefined, messageOf(error)));
    throw error;
  } finally {
    folder.close();
  }
}

/** Writes to the run's folder and log what happens in training. */
function trainingHooks(
  { task, log, folder }: Pick<PreparedRun, 'task' | 'log' | 'folder'>,
  { signal }: RunHooks,
  emit: (event: RunEvent) => void,
): TrainingHooks {
  return {
    signal,
    onStart: ({ simd }) => {
      log.simd = simd;
    },
    onState: (state) => {
      const { history, fingerprint } = log;
      folder.saveTraining({ state, definition: definitionOf(task), history, fingerprint });
    },
    onCheckpoint: (which, saved) => {
      folder.saveCheckpoint(which, saved);
    },
    onEvent: (event) => {
      if (event.type === 'epoch') log.addEpoch(event.record);
      emit(event);
    },
  };
}
