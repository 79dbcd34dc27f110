import { messageOf } from '../core/errors.js';
import { VERSION } from '../core/version.js';
import type { Dataset } from '../data/dataset.js';
import { split } from '../data/split.js';
import type { Model } from '../models/model.js';
import { placeLayers } from '../models/model.js';
import { preset } from '../models/presets.js';
import { countParameters } from '../models/weights.js';
import { hardwareThreads, type Simd } from '../platform/node.js';
import { describeMachine, peakMemoryMB } from '../platform/machine.js';
import type { Config } from './config.js';
import type { EpochRecord, TrainingEvent } from './events.js';
import { fit, type Fitted, type FitHooks } from './fit.js';
import { RunFolder } from './runFolder.js';
import type { StopReason, Summary } from './summary.js';
import { DivergedError } from './trainer.js';

/** What happens in a run, in the order it happens. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly folder: string;
      readonly config: Config;
      readonly parameters: number;
    }
  | TrainingEvent
  | { readonly type: 'finished'; readonly summary: Summary };

export interface RunHooks {
  readonly onEvent: (event: RunEvent) => void;
  readonly signal?: AbortSignal | undefined;
  /** How the run was asked for, for its record. */
  readonly command: string;
  /** Why this data set stands in for the one that was asked for. */
  readonly note?: string | undefined;
}

export interface FinishedRun {
  readonly folder: string;
  readonly summary: Summary;
}

/**
 * Trains, validates and tests one network, and keeps everything in a new run folder.
 *
 * @throws {InklingError} when training fails; the folder then says so and keeps the last good checkpoint
 */
export async function trainRun(config: Config, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun> {
  const model = preset(config.model, { input: dataset.shape, classes: dataset.classes.length });
  const name = config.name ?? `${config.model}-${dataset.name}`.replace(/[^\w.-]+/g, '-');
  const log = new RunLog(config, dataset, model, hooks);
  const folder = new RunFolder(config, name);
  const emit = (event: RunEvent) => {
    folder.record(event);
    hooks.onEvent(event);
  };
  const finish = (summary: Summary): FinishedRun => {
    folder.saveSummary(summary);
    emit({ type: 'finished', summary });
    return { folder: folder.path, summary };
  };

  emit({ type: 'started', folder: folder.path, config, parameters: countParameters(model) });
  const fitHooks: FitHooks = {
    signal: hooks.signal,
    onStart: ({ simd }) => {
      log.simd = simd;
    },
    onCheckpoint: (which, saved) => {
      folder.saveCheckpoint(which, saved);
    },
    onEvent: (event) => {
      if (event.type === 'epoch') log.addEpoch(event.record, event.isBest);
      emit(event);
    },
  };
  try {
    const fitted = await fit(model, dataset, fitSettingsOf(config), fitHooks);
    return finish(log.summary(fitted.stopReason, fitted.test));
  } catch (error) {
    finish(log.summary(error instanceof DivergedError ? 'diverged' : 'failed', undefined, messageOf(error)));
    throw error;
  }
}

function fitSettingsOf(config: Config) {
  const { epochs, batchSize, learningRate, optimizer, momentum, seed, splitSeed, threads } = config;
  return { epochs, batchSize, learningRate, optimizer, momentum, seed, splitSeed, threads };
}

/** Gathers what the summary of a run needs as the run goes on. */
class RunLog {
  /** Known once the engine has started. */
  simd: Simd | undefined;
  readonly #config: Config;
  readonly #dataset: Dataset;
  readonly #model: Model;
  readonly #hooks: RunHooks;
  readonly #startedAt = new Date();
  readonly #started = performance.now();
  readonly #epochs: EpochRecord[] = [];
  #best: EpochRecord | undefined;

  constructor(config: Config, dataset: Dataset, model: Model, hooks: RunHooks) {
    this.#config = config;
    this.#dataset = dataset;
    this.#model = model;
    this.#hooks = hooks;
  }

  addEpoch(record: EpochRecord, isBest: boolean): void {
    this.#epochs.push(record);
    if (isBest) this.#best = record;
  }

  summary(stopReason: StopReason, test: Fitted['test'], error?: string): Summary {
    const { name, source, shape, classes, train, test: testSet } = this.#dataset;
    const parts = split(train.labels.length, this.#config.splitSeed);
    const trainSeconds = sum(this.#epochs.map(({ imagesPerSecond }) => parts.train.length / imagesPerSecond));
    return {
      version: VERSION,
      startedAt: this.#startedAt.toISOString(),
      command: this.#hooks.command,
      dataset: {
        name,
        source,
        train: parts.train.length,
        validation: parts.validation.length,
        test: testSet.labels.length,
        shape,
        classes,
        ...(this.#hooks.note === undefined ? {} : { note: this.#hooks.note }),
      },
      model: {
        name: this.#model.name,
        parameters: countParameters(this.#model),
        multiplyAdds: sum(placeLayers(this.#model).map(({ multiplyAdds }) => multiplyAdds)),
      },
      epochs: this.#epochs,
      ...(this.#best && {
        best: { epoch: this.#best.epoch, validationAccuracy: this.#best.validationAccuracy },
      }),
      ...(test && { test }),
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
