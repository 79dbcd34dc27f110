import { join } from 'node:path';
import type { Dataset } from '../data/dataset.js';
import { encodeCheckpoint, type SavedModel } from '../interop/checkpoint.js';
import { fileNameFrom } from '../core/files/fileName.js';
import { encodeRecord } from '../core/record.js';
import { appendLine, kindOf, renameFile, writeFileAtomic } from '../platform/files.js';
import { createNumberedFolder, makeFolder, namesIn } from '../platform/folders.js';
import type { Lock } from '../platform/lock.js';
import { removeAbandonedBelow } from '../platform/temporaries.js';
import type { Config } from '../train/config.js';
import type { EpochRecord } from '../train/epochRecord.js';
import type { RunEvent } from './events.js';
import { modelNameOf } from '../train/openModel.js';
import { encodePredictionRecord, type PredictionRecord } from './predictionRecord.js';
import { isFinished, readRun } from './readRun.js';
import {
  checkpointFile,
  CHECKPOINTS,
  CONFIG_FILE,
  EVENTS_FILE,
  METRICS_FILE,
  PREDICTIONS_FILE,
  RESUME_FILE,
  SUMMARY_FILE,
} from './runFiles.js';
import type { RunSummary } from './runSummary.js';
import { encodeTraining, type SavedTraining } from './savedTraining.js';
import { lockTraining, unlockAbandoned } from './trainingLock.js';

const METRICS_HEADER = 'epoch,seconds,train/loss,train/accuracy,val/loss,val/accuracy,lr';
/** The minimum time between two recorded progress events, which keeps the file of a long run small. */
const MIN_PROGRESS_INTERVAL_MS = 1000;

/** The name of a run's folder, without its number. */
export function runNameOf(config: Config, dataset: Dataset): string {
  return fileNameFrom(config.name ?? `${modelNameOf(config.model)}-${dataset.name}`);
}

/**
 * Creates the next free `name-1`, `name-2`, … for a run, and removes what killed processes left in others, which may never be resumed.
 *
 * @returns its path
 */
export function claimRunFolder(runDir: string, name: string): string {
  const path = createNumberedFolder(runDir, name);
  for (const run of namesIn(runDir).map((other) => join(runDir, other))) {
    if (kindOf(run) !== 'folder') continue;
    removeAbandonedBelow(run);
    unlockAbandoned(run);
  }
  return path;
}

interface Reopened {
  readonly folder: string;
  /** Those that were completed. */
  readonly epochs: RunSummary['epochs'];
  /** Called once no other process can change the run. */
  readonly assertCurrent?: () => void;
}

/**
 * Writes the files of a run, which only one process does at a time. Each file is replaced atomically, so that a crash leaves the
 * old or the new version; only events are appended, one line at a time. A finished run that is trained for longer keeps its
 * results until there are new ones.
 */
export class RunFolder {
  readonly path: string;
  readonly #metrics: string[];
  readonly #lock: Lock;
  readonly #hasResults: boolean;
  #lastProgress = -Infinity;

  private constructor(
    path: string,
    config: Config,
    epochs: RunSummary['epochs'],
    assertCurrent?: () => void,
  ) {
    this.path = path;
    this.#metrics = [METRICS_HEADER, ...epochs.map(metricsRow)];
    this.#lock = lockTraining(path);
    try {
      assertCurrent?.();
      this.#hasResults = hasResults(path);
      removeAbandonedBelow(path);
      makeFolder(join(path, CHECKPOINTS));
      this.#writeJson(CONFIG_FILE, config);
      this.#write(METRICS_FILE, `${this.#metrics.join('\n')}\n`);
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  /** Claims the next free `name-1`, `name-2`, … */
  static claim(config: Config, name: string): RunFolder {
    return new RunFolder(claimRunFolder(config.runDir, name), config, []);
  }

  /**
   * Reopens the folder of a run.
   *
   * @throws {InklingError} when another process is training it, or has since its state was read
   */
  static reopen({ folder, epochs, assertCurrent }: Reopened, config: Config): RunFolder {
    return new RunFolder(folder, config, epochs, assertCurrent);
  }

  record(event: RunEvent): void {
    if (event.type === 'progress' || event.type === 'features') {
      if (performance.now() - this.#lastProgress < MIN_PROGRESS_INTERVAL_MS) return;
      this.#lastProgress = performance.now();
    }
    if (event.type === 'epoch') this.#addMetrics(event.record);
    appendLine(join(this.path, EVENTS_FILE), encodeRecord({ time: new Date().toISOString(), ...event }));
  }

  saveCheckpoint(which: 'best' | 'last', saved: SavedModel): void {
    const name = which === 'best' && this.#hasResults ? 'next' : which;
    this.#write(checkpointFile(name), encodeCheckpoint(saved));
  }

  saveTraining(training: SavedTraining): void {
    this.#write(RESUME_FILE, encodeTraining(training));
  }

  /**
   * Saves how the run ended, unless it has results that this would discard, and closes the folder, so that the run is no longer
   * running when its end is reported.
   *
   * @returns whether it was saved
   */
  saveSummary(summary: RunSummary): boolean {
    const replaces = !this.#hasResults || isFinished(summary.stopReason);
    if (replaces) {
      const next = join(this.path, checkpointFile('next'));
      if (kindOf(next) === 'file') renameFile(next, join(this.path, checkpointFile('best')));
      this.#writeJson(SUMMARY_FILE, summary);
    }
    this.close();
    return replaces;
  }

  /** Another process may then resume the run. */
  close(): void {
    this.#lock.release();
  }

  savePredictions(record: PredictionRecord): void {
    this.#write(PREDICTIONS_FILE, `${encodePredictionRecord(record)}\n`);
  }

  #addMetrics(epoch: EpochRecord): void {
    this.#metrics.push(metricsRow(epoch));
    this.#write(METRICS_FILE, `${this.#metrics.join('\n')}\n`);
  }

  #writeJson(file: string, value: object): void {
    this.#write(file, `${encodeRecord(value, 2)}\n`);
  }

  #write(file: string, data: string | Uint8Array): void {
    writeFileAtomic(join(this.path, file), data);
  }
}

function hasResults(folder: string): boolean {
  if (kindOf(join(folder, SUMMARY_FILE)) !== 'file') return false;
  const { summary } = readRun(folder);
  return summary !== undefined && isFinished(summary.stopReason);
}

function metricsRow(record: RunSummary['epochs'][number]): string {
  const { epoch, seconds, trainLoss, trainAccuracy, validationLoss, validationAccuracy, learningRate } =
    record;
  const [training, validation] = [
    [trainLoss, trainAccuracy],
    [validationLoss, validationAccuracy],
  ];
  return [epoch, seconds, ...training, ...validation, learningRate].join(',');
}
