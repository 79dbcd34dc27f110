import { VERSION } from '../core/version.js';
import { describeMachine, peakMemoryMB } from '../platform/machine.js';
import type { Simd } from '../platform/host.js';
import type { EpochRecord } from '../train/epochRecord.js';
import type { TrainingTask } from '../train/task.js';
import type { EngineInfo } from '../train/trainingHooks.js';
import type { Measured } from './assessment/assess.js';
import type { Fingerprint, StopReason, RunSummary } from './runSummary.js';
import { fingerprintOf } from './dataset/fingerprint.js';
import type { RunHistory } from './savedTraining.js';
import { trainingFactsOf } from './trainingFacts.js';
import { addDevice, devicesUntil } from '../train/device/usedDevices.js';

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
  #simd: Simd | undefined;
  #devices: RunHistory['devices'];
  /** Set when the best weights have been scored and calibrated. */
  measured: Measured | undefined;
  /** Identifies the images of the run. */
  readonly fingerprint: Fingerprint;
  readonly #task: TrainingTask;
  readonly #before: RunHistory;
  readonly #started = performance.now();
  readonly #epochs: EpochRecord[];
  readonly #notices: string[] = [];

  /** @param epochs the epochs completed before the run was resumed */
  constructor(task: TrainingTask, before: RunHistory, epochs: readonly EpochRecord[] = []) {
    this.fingerprint = fingerprintOf(task.dataset);
    this.#task = task;
    this.#before = before;
    this.#devices = before.devices;
    this.#epochs = [...epochs];
  }

  /** The history of the run so far. */
  get history(): RunHistory {
    const seconds = this.#before.seconds + (performance.now() - this.#started) / 1000;
    return { ...this.#before, seconds, ...(this.#devices && { devices: this.#devices }) };
  }

  /** To be called when an engine has started. */
  addEngine({ simd, device }: EngineInfo): void {
    this.#simd = simd;
    this.#devices = addDevice(this.#before.devices, device, this.#epochs.length);
  }

  /** How many epochs are completed. */
  get completed(): number {
    return this.#epochs.length;
  }

  addEpoch(record: EpochRecord): void {
    this.#epochs.push(record);
  }

  addNotices(texts: readonly string[]): void {
    this.#notices.push(...texts);
  }

  summary(stopReason: StopReason, error?: string): RunSummary {
    const { command, note, newHead, startedAt, resumedAt, seconds, devices } = this.history;
    const { dataset, timing, ...facts } = trainingFactsOf(this.#task, this.#epochs);
    return {
      version: VERSION,
      startedAt,
      ...(resumedAt.length > 0 && { resumedAt }),
      command,
      dataset: {
        ...dataset,
        fingerprint: this.fingerprint,
        ...(note === undefined ? {} : { note }),
      },
      ...(newHead === undefined ? {} : { newHead }),
      ...facts,
      ...this.measured,
      ...(this.#notices.length > 0 && { notices: [...this.#notices] }),
      timing: { totalSeconds: seconds, ...timing, peakMemoryMB: peakMemoryMB() },
      environment: {
        ...describeMachine(),
        threads: this.#task.threads,
        ...(this.#simd && { simd: this.#simd }),
        ...(devices && { devices: devicesUntil(devices, this.#epochs.length) }),
      },
      stopReason,
      ...(error === undefined ? {} : { error }),
    };
  }
}
