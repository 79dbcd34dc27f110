import { DivergedError, InklingError, MachineError, messageOf } from '../core/errors.js';
import { option } from '../core/optionName.js';
import { unlessAborted } from '../core/unlessAborted.js';
import type { DownloadProgress } from '../data/files/download.js';
import { GpuError } from '../engine/webgpu/gpuErrors.js';
import { noticesBefore } from '../train/noticesBefore.js';
import { modelDefinitionOf } from '../train/state/snapshots.js';
import type { TrainingTask } from '../train/task.js';
import type { TrainingHooks } from '../train/trainingHooks.js';
import { trainModel } from '../train/trainModel.js';
import type { TrainingStart } from '../train/state/trainingStart.js';
import { assess } from './assessment/assess.js';
import { saveAssessedModel } from './assessment/saveAssessedModel.js';
import { featureCache } from './dataset/featureCache.js';
import type { RunEvent } from './events.js';
import { restoreLog } from './restoreLog.js';
import type { RunFolder } from './runFolder.js';
import type { RunSummary } from './runSummary.js';
import type { RunOrigin, RunSummaryBuilder } from './runSummaryBuilder.js';
import { hashOfState, hashOfWeights } from './verify/trainingHashes.js';

/** Where a run comes from, who learns of its events, and what interrupts it. */
export interface RunHooks extends RunOrigin {
  /** Called with every event, in order. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Called whenever a part of the weights of a backbone has arrived. */
  readonly onDownload?: ((progress: DownloadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** With how many threads to train, unless the settings state it. Default: one per core. */
  readonly threads?: number | undefined;
  /**
   * Ends the run after training: its model is neither scored on the test images nor calibrated, which `assessRun` does later. A fold always
   * ends like this.
   */
  readonly trainsOnly?: boolean | undefined;
}

/** A run that has ended, with its records. */
export interface FinishedRun {
  readonly folder: string;
  readonly summary: RunSummary;
  /** False if a finished run was trained for longer and did not finish again: its folder still has its earlier results. */
  readonly isRecorded: boolean;
}

/** A run that is ready to start or to be resumed. */
export interface PreparedRun {
  readonly task: TrainingTask;
  readonly start: TrainingStart;
  readonly log: RunSummaryBuilder;
  readonly folder: RunFolder;
}

/**
 * Trains and evaluates a run, writes its files, and closes its folder.
 *
 * @throws {InklingError} when training fails; the folder then contains the error and the last valid checkpoint
 */
export async function conductRun(run: PreparedRun, hooks: RunHooks): Promise<FinishedRun> {
  const { folder } = run;
  const emit = (event: RunEvent) => {
    folder.record(event);
    hooks.onEvent?.(event);
  };
  const finish = (summary: RunSummary): FinishedRun => {
    const isRecorded = folder.saveSummary(summary);
    emit({ type: 'finished', summary });
    return { folder: folder.path, summary, isRecorded };
  };
  try {
    const summary = await trainAndAssess(run, hooks, emit).catch((failure: unknown) => {
      const error = withResumption(failure, run);
      throw afterRecording(error, () => finish(failureOf(run.log, error)));
    });
    return finish(summary);
  } finally {
    folder.close();
  }
}

async function trainAndAssess(
  run: PreparedRun,
  hooks: RunHooks,
  emit: (event: RunEvent) => void,
): Promise<RunSummary> {
  const { task, start, log, folder } = run;
  if (start.resume !== undefined) restoreLog(folder.path, start.resume.state.epochs, task.config);
  const notify = (texts: readonly string[]) => {
    log.addNotices(texts);
    for (const text of texts) emit({ type: 'notice', text });
  };
  notify(noticesBefore(task));
  emit({
    type: 'started',
    folder: folder.path,
    config: task.config,
    parameters: task.model.parameterCount,
    resumedAfter: start.resume?.state.epochs.length,
    newHead: log.history.newHead,
    ...(start.backbone && { startingWeights: hashOfWeights(start.backbone.weights) }),
  });
  const { best, epochs, stopReason, features, crossFit } = await trainModel(
    task,
    trainingHooks(run, hooks, emit),
    start,
  );
  const trainsOnly = hooks.trainsOnly === true || task.config.fold !== undefined;
  if (best === undefined || stopReason === 'interrupted' || trainsOnly) return log.summary(stopReason);
  const { signal } = hooks;
  const assessment = await unlessAborted(signal, assess(best, task, { signal, features, crossFit }));
  if (assessment === undefined) return log.summary('interrupted');
  notify(assessment.notices);
  const training = {
    saved: best,
    epochs: epochs.length,
    best: best.epoch,
    seed: task.config.seed,
    startedAt: log.history.startedAt,
  };
  log.measured = saveAssessedModel(folder, training, assessment);
  folder.savePredictions(assessment.predictions);
  return log.summary(stopReason);
}

function failureOf(log: RunSummaryBuilder, error: unknown): RunSummary {
  return log.summary(error instanceof DivergedError ? 'diverged' : 'failed', messageOf(error));
}

/** The error that ended a run; that of a GPU, with how the run can be resumed without it. */
function withResumption(error: unknown, { log, folder }: PreparedRun): unknown {
  const { completed } = log;
  if (!(error instanceof GpuError) || completed === 0) return error;
  return new MachineError(
    `${error.message}; ${folder.path} has the state after epoch ${completed}, from which it can be resumed, also with ${option('device')} cpu`,
    { cause: error },
  );
}

/** The error that ended a run, with what went wrong when it was recorded, if anything did. */
function afterRecording(error: unknown, record: () => void): unknown {
  try {
    record();
    return error;
  } catch (another) {
    const message = `${messageOf(error)}; this could not be recorded: ${messageOf(another)}`;
    const Failure = error instanceof MachineError ? MachineError : InklingError;
    return new Failure(message, { cause: error });
  }
}

/** Writes to the run's folder and log what happens in training. */
function trainingHooks(
  { task, log, folder }: PreparedRun,
  { signal }: RunHooks,
  emit: (event: RunEvent) => void,
): TrainingHooks {
  let stateHash: string | undefined;
  return {
    signal,
    featureCache: featureCache(),
    onStart: (engine) => {
      log.addEngine(engine);
    },
    onState: (state) => {
      const { history, fingerprint } = log;
      stateHash = hashOfState(state);
      folder.saveTraining({ state, definition: modelDefinitionOf(task), history, fingerprint });
    },
    onCheckpoint: (which, saved) => {
      folder.saveCheckpoint(which, saved);
    },
    onEvent: (event) => {
      if (event.type === 'epoch') log.addEpoch(event.record);
      if (event.type === 'notice') log.addNotices([event.text]);
      emit(event.type === 'epoch' ? { ...event, state: stateHash } : event);
    },
  };
}
