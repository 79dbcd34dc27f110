import { join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { MAX_CHECKPOINT_BYTES, type ModelDefinition, type SavedModel } from '../../interop/checkpoint.js';
import { kindOf, readBytes } from '../../platform/files.js';
import { readSavedModel } from '../../predict/load.js';
import { bestOf } from '../../train/trainer.js';
import { stateOfRun } from '../listRuns.js';
import { isFinished, readPredictionRecord, readRun, type RunRecord } from '../readRun.js';
import type { PredictionRecord } from '../predictionRecord.js';
import { checkpointFile, EVENTS_FILE, PREDICTIONS_FILE, RESUME_FILE, SUMMARY_FILE } from '../runFiles.js';
import type { Fingerprint } from '../runSummary.js';
import { decodeTraining, type SavedTraining } from '../savedTraining.js';
import type { UsedDevice } from '../../train/device/usedDevices.js';
import { readTrainingEvents, type RecordedEvents, type SavedEpoch } from './recordedEvents.js';

/** Weights that a run saved, and after which epoch. */
export interface RecordedWeights extends SavedModel {
  readonly file: string;
  readonly epoch: number;
}

/** All that a run recorded with which a repetition can be compared. */
export interface RecordedRun extends RunRecord {
  readonly events: RecordedEvents;
  /** The records of all completed epochs, in each file that has them. */
  readonly epochs: readonly { readonly file: string; readonly records: readonly SavedEpoch[] }[];
  /** How many epochs were completed. */
  readonly completed: number;
  readonly definition: ModelDefinition;
  readonly fingerprint: Fingerprint | undefined;
  /** The state after the last completed epoch; undefined if another version of Inkling wrote it. */
  readonly training: SavedTraining | undefined;
  readonly weights: readonly RecordedWeights[];
  /** Undefined if the run has no test results. */
  readonly predictions: PredictionRecord | undefined;
}

/**
 * Reads a run to repeat its training.
 *
 * @throws {InklingError} when a file is damaged, or there is no training to repeat: the run is in progress, was imported, or completed no
 * epoch
 */
export function readRecordedRun(folder: string): RecordedRun {
  const run = readRun(folder);
  const { summary } = run;
  if (stateOfRun(run) === 'running') {
    throw new InklingError(`verify: ${folder} is being trained; wait until it has finished`);
  }
  if (summary?.stopReason === 'imported') {
    throw new InklingError(
      `verify: ${folder} was imported and has no record of its training; verify the run in the program that trained it`,
    );
  }
  const events = readTrainingEvents(folder);
  const training = readTraining(run);
  const epochs = [
    { file: SUMMARY_FILE, records: summary?.epochs ?? [] },
    { file: EVENTS_FILE, records: [...events.epochs.values()] },
    { file: RESUME_FILE, records: training?.state.epochs ?? [] },
  ];
  const completed = Math.max(summary?.epochs.length ?? 0, training?.state.epochs.length ?? 0);
  if (completed === 0) {
    throw new InklingError(`verify: ${folder} has completed no epoch; train it first`);
  }
  const weights = readWeights(run, training);
  const definition = training?.definition ?? weights.at(0);
  if (definition === undefined) {
    throw new InklingError(
      `verify: ${folder} has neither ${checkpointFile('best')} nor ${RESUME_FILE}, which define its model; restore one of them`,
    );
  }
  return {
    ...run,
    events,
    epochs,
    completed,
    definition,
    fingerprint: summary?.dataset.fingerprint ?? training?.fingerprint,
    training,
    weights,
    predictions:
      summary?.test && hasFile(folder, PREDICTIONS_FILE) ? readPredictionRecord(folder) : undefined,
  };
}

/** The devices that trained a run, one after another. */
export function devicesOf({ summary, training }: RecordedRun): readonly [UsedDevice, ...UsedDevice[]] {
  // A summary is older than the state if the run was then trained for longer and has not finished again.
  const recorded = training === undefined ? summary?.environment.devices : training.history.devices;
  const [first = { from: 1, kind: 'cpu' }, ...others] = recorded ?? [];
  return [first, ...others];
}

function hasFile(folder: string, name: string): boolean {
  return kindOf(join(folder, name)) === 'file';
}

/**
 * The state after the last epoch; undefined if there is none. Only a file of this version can be read; a run of another version that was
 * killed has no other record of its epochs.
 */
export function readTraining({ folder, summary }: RunRecord): SavedTraining | undefined {
  if (!hasFile(folder, RESUME_FILE) || (summary !== undefined && summary.version !== VERSION))
    return undefined;
  const file = join(folder, RESUME_FILE);
  return decodeTraining(readBytes(file, MAX_CHECKPOINT_BYTES), file);
}

/** The best and the last weights, if it is known of which epoch they are. */
function readWeights(
  { folder, summary, config }: RunRecord,
  training: SavedTraining | undefined,
): RecordedWeights[] {
  const epochs = training?.state.epochs ?? [];
  const best = summary?.best?.epoch ?? bestOf(epochs, config.monitor)?.epoch;
  // A process may have been killed before it saved the best model of its last epoch.
  const isBestSaved = summary !== undefined || best !== epochs.length;
  // A failed run did not save its last model; that of an interrupted one has trained for a part of the next epoch.
  const isLastSaved =
    summary !== undefined &&
    isFinished(summary.stopReason) &&
    (training === undefined || epochs.length === summary.epochs.length);
  const candidates = [
    { name: checkpointFile('best'), epoch: isBestSaved ? best : undefined },
    { name: checkpointFile('last'), epoch: isLastSaved ? summary.epochs.length : undefined },
  ];
  return candidates.flatMap(({ name, epoch }) =>
    epoch === undefined || epoch === 0 || !hasFile(folder, name)
      ? []
      : [{ ...readSavedModel(join(folder, name)), file: name, epoch }],
  );
}
