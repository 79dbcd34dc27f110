import { join } from 'node:path';
import type { Job } from 'bullmq';
import { kindOf } from '../../../platform/files.js';
import { CONFIG_FILE } from '../../../runs/runFiles.js';
import type { TrialEnd } from '../trialQueue.js';
import type { JobProgress } from './messages.js';
import { isWorthKeeping, packRun } from './snapshot.js';
import type { RunStore } from './stores.js';

interface ReporterOptions {
  readonly job: Job;
  /** Identifies the job in the store. */
  readonly name: string;
  /** Proves to BullMQ that this worker has the job. */
  readonly token: string;
  readonly lockMs: number;
  readonly store: RunStore;
  /** The folder of the run. */
  readonly folder: string;
  /** How many epochs are stored already. */
  readonly storedEpochs: number;
  /** Called with each epoch that is not. */
  readonly onEpoch: (epoch: number, value: number) => void;
}

/** Stores the files of a run and reports its epochs to BullMQ, while it is trained further. */
export class RunReporter {
  readonly #options: ReporterOptions;
  readonly #epochs: [number, number][] = [];
  readonly #failing = new AbortController();
  #hasStarted = false;
  #files: Uint8Array | undefined;
  #isReported = true;
  #sending: Promise<void> | undefined;
  #error: Error | undefined;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Aborts when nothing can be stored or reported. */
  get signal(): AbortSignal {
    return this.#failing.signal;
  }

  start(): void {
    this.#hasStarted = true;
    this.#send();
  }

  addEpoch(epoch: number, value: number): void {
    const { folder, storedEpochs, onEpoch } = this.#options;
    this.#epochs.push([epoch, value]);
    if (epoch <= storedEpochs) return;
    onEpoch(epoch, value);
    // Read now, since training goes on. If the last epoch is still being stored, only the newest one is stored after it.
    this.#files = packRun(folder, epoch);
    this.#send();
  }

  /**
   * Stores the files of a run that has ended.
   *
   * @returns where they are; undefined if there are none that are worth keeping
   * @throws what storing has thrown
   */
  async end({ state }: TrialEnd): Promise<RunStore['kind'] | undefined> {
    const { folder, store } = this.#options;
    const isKept =
      isWorthKeeping(folder) || (state === 'failed' && kindOf(join(folder, CONFIG_FILE)) === 'file');
    if (isKept && this.#error === undefined) this.#files = packRun(folder, this.#epochs.length);
    this.#send();
    while (this.#sending !== undefined) await this.#sending;
    if (this.#error !== undefined) throw this.#error;
    return isKept ? store.kind : undefined;
  }

  #send(): void {
    this.#isReported = false;
    this.#sending ??= this.#sendAll()
      .catch((error: unknown) => {
        this.#error = error instanceof Error ? error : new Error(String(error));
        this.#failing.abort();
      })
      .finally(() => (this.#sending = undefined));
  }

  async #sendAll(): Promise<void> {
    const { job, store, name, token, lockMs } = this.#options;
    while (!this.#isReported && this.#error === undefined) {
      this.#isReported = true;
      const [files, epochs] = [this.#files, [...this.#epochs]];
      this.#files = undefined;
      // Otherwise, what another worker has stored in the meantime would be replaced.
      if ((await job.extendLock(token, lockMs)) !== 1) throw new Error('another worker has the trial now');
      if (files !== undefined) await store.save(name, files);
      const progress: JobProgress = { hasStarted: this.#hasStarted, epochs, lost: job.stalledCounter };
      await job.updateProgress(progress);
    }
  }
}
