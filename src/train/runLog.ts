import { VERSION } from '../core/version.js';
import type { Dataset } from '../data/dataset.js';
import { splitOf } from '../data/split.js';
import type { Model } from '../models/model.js';
import { summarize } from '../models/summary.js';
import { countParameters } from '../models/weights.js';
import { describeMachine, peakMemoryMB } from '../platform/machine.js';
import { hardwareThreads, type Simd } from '../platform/node.js';
import type { Calibration } from '../predict/calibration.js';
import type { Config } from './config.js';
import type { EpochRecord } from './events.js';
import type { Metrics } from './metrics.js';
import type { StopReason, Summary } from './summary.js';

/** How a run came to be, for its record. */
export interface RunOrigin {
  /** How it was asked for. */
  readonly command: string;
  /** Why this data set stands in for the one that was asked for. */
  readonly note?: string | undefined;
}

/** Gathers what the summary of a run needs as the run goes on. */
export class RunLog {
  /** Known once the engine has started. */
  simd: Simd | undefined;
  /** Known once the best network was measured. */
  calibration: Calibration | undefined;
  readonly #config: Config;
  readonly #dataset: Dataset;
  readonly #model: Model;
  readonly #origin: RunOrigin;
  readonly #startedAt = new Date();
  readonly #started = performance.now();
  readonly #epochs: EpochRecord[] = [];
  #best: EpochRecord | undefined;

  constructor(config: Config, dataset: Dataset, model: Model, origin: RunOrigin) {
    this.#config = config;
    this.#dataset = dataset;
    this.#model = model;
    this.#origin = origin;
  }

  addEpoch(record: EpochRecord, isBest: boolean): void {
    this.#epochs.push(record);
    if (isBest) this.#best = record;
  }

  summary(stopReason: StopReason, test: Metrics | undefined, error?: string): Summary {
    const { name, source, shape, classes, test: testSet } = this.#dataset;
    const parts = splitOf(this.#dataset, this.#config.splitSeed);
    const trainSeconds = sum(this.#epochs.map(({ imagesPerSecond }) => parts.train.length / imagesPerSecond));
    return {
      version: VERSION,
      startedAt: this.#startedAt.toISOString(),
      command: this.#origin.command,
      dataset: {
        name,
        source,
        train: parts.train.length,
        validation: parts.validation.length,
        test: testSet.labels.length,
        shape,
        classes,
        ...(this.#origin.note === undefined ? {} : { note: this.#origin.note }),
      },
      model: {
        name: this.#model.name,
        parameters: countParameters(this.#model),
        multiplyAdds: summarize(this.#model).totals.multiplyAdds,
      },
      epochs: this.#epochs,
      ...(this.#best && {
        best: { epoch: this.#best.epoch, validationAccuracy: this.#best.validationAccuracy },
      }),
      ...(test && { test }),
      ...(this.calibration && { calibration: this.calibration }),
      timing: {
        totalSeconds: (performance.now() - this.#started) / 1000,
        trainSeconds,
        imagesPerSecond: trainSeconds === 0 ? 0 : (parts.train.length * this.#epochs.length) / trainSeconds,
        peakMemoryMB: peakMemoryMB(),
      },
      environment: {
        ...describeMachine(),
        threads: this.#config.threads ?? hardwareThreads(),
        ...(this.simd && { simd: this.simd }),
      },
      seed: this.#config.seed,
      stopReason,
      ...(error === undefined ? {} : { error }),
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
