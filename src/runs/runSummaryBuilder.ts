import { VERSION } from '../core/version.js';
import { describeMachine, peakMemoryMB } from '../platform/machine.js';
import type { Simd } from '../platform/host.js';
import type { EpochRecord } from '../train/epochRecord.js';
import type { TrainingTask } from '../train/task.js';
import type { Measured } from './assess.js';
import type { Fingerprint, StopReason, RunSummary } from './runSummary.js';
import { bestOf } from '../train/trainer.js';
import { fingerprintOf } from './dataset/fingerprint.js';
import type { RunHistory } from './savedTraining.js';

/** The origin of a run, for its record. */
export interface RunOrigin {
  /** The command line, or a description of the caller. */
  readonly command: string;
  /** Why another data set is used than the requested one. */
  readonly note?: string | undefined;
}

/** The history of a new run. */
export function beginHistory({ command, note }: RunOrigin): RunHistory {
  const startedAt = new Date().toISOString();
  return { command, ...(note === undefined ? {} : { note }), startedAt, resumedAt: [], seconds: 0 };
}

/** Collects the contents of a run's summary during the run. */
export class RunSummaryBuilder {
  /** Set when the engine has started. */
  simd: Simd | undefined;
  /** Set when the best weights have been scored and calibrated. */
  measured: Measured | undefined;
  /** Identifies the images of the run. */
  readonly fingerprint: Fingerprint;
  readonly #task: TrainingTask;
  readonly #before: RunHistory;
  readonly #started = performance.now();
  readonly #epochs: EpochRecord[];

  /** @param epochs the epochs completed before the run was resumed */
  constructor(task: TrainingTask, before: RunHistory, epochs: readonly EpochRecord[] = []) {
    this.fingerprint = fingerprintOf(task.dataset);
    this.#task = task;
    this.#before = before;
    this.#epochs = [...epochs];
  }

  /** The history of the run so far. */
  get history(): RunHistory {
    const seconds = this.#before.seconds + (performance.now() - this.#started) / 1000;
    return { ...this.#before, seconds };
  }

  addEpoch(record: EpochRecord): void {
    this.#epochs.push(record);
  }

  summary(stopReason: StopReason, error?: string): RunSummary {
    const { model, dataset, config, split, threads } = this.#task;
    const { name, source, shape, classes, test: testSet } = dataset;
    const { command, note, newHead, startedAt, resumedAt, seconds } = this.history;
    const best = bestOf(this.#epochs);
    const trainSeconds = sum(this.#epochs.map(({ imagesPerSecond }) => split.train.length / imagesPerSecond));
    return {
      version: VERSION,
      startedAt,
      ...(resumedAt.length > 0 && { resumedAt }),
      command,
      dataset: {
        name,
        source,
        train: split.train.length,
        validation: split.validation.length,
        test: testSet.labels.length,
        validationSplit: dataset.validationCount === undefined ? (config.split ?? 'random') : 'predefined',
        shape,
        classes,
        fingerprint: this.fingerprint,
        ...(note === undefined ? {} : { note }),
      },
      model: {
        name: model.model.name,
        parameters: model.parameterCount,
        multiplyAdds: model.multiplyAdds,
      },
      ...(newHead === undefined ? {} : { newHead }),
      epochs: this.#epochs,
      ...(best && { best: { epoch: best.epoch, validationAccuracy: best.validationAccuracy } }),
      ...this.measured,
      timing: {
        totalSeconds: seconds,
        trainSeconds,
        imagesPerSecond: trainSeconds === 0 ? 0 : (split.train.length * this.#epochs.length) / trainSeconds,
        peakMemoryMB: peakMemoryMB(),
      },
      environment: {
        ...describeMachine(),
        threads,
        ...(this.simd && { simd: this.simd }),
      },
      seed: config.seed,
      stopReason,
      ...(error === undefined ? {} : { error }),
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
