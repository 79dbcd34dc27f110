import { messageOf } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { memoryOf } from '../../data/memoryOf.js';
import type { DatasetRequest } from '../../data/datasetRequest.js';
import { startWorker, type WorkerHandle } from '../../platform/host.js';
import { decodeDataset } from './datasetMessage.js';
import type { LoadResponse } from './datasetWorker.js';
import { MAX_LOADED_BYTES, MAX_WAITING_DATASETS } from '../limits.js';
import { Problem } from '../problem.js';

/** A large data set is loaded within about this time. */
const RETRY_SECONDS = 5;

/** A data set that is being loaded, or waits for it. */
interface Load {
  readonly name: string;
  readonly request: DatasetRequest;
  /** The requests that wait for it. */
  readonly waiters: Set<(outcome: Dataset | Error) => void>;
  worker: WorkerHandle | undefined;
}

/** Loads data sets in a worker thread, one at a time, and keeps the last ones. */
export class DatasetLoader {
  readonly #loads = new Map<string, Load>();
  /** The one used last at the end. */
  readonly #loaded = new Map<string, Dataset>();
  readonly #maxBytes: number;
  readonly #module: URL;

  constructor({
    maxBytes = MAX_LOADED_BYTES,
    module = new URL('./datasetWorker.js', import.meta.url),
  }: { readonly maxBytes?: number; readonly module?: URL } = {}) {
    this.#maxBytes = maxBytes;
    this.#module = module;
  }

  /**
   * Requests for the same name share a load, which is abandoned once none of them waits.
   *
   * @param signal ends the wait, with its reason
   * @throws {Problem} 503 when it cannot be loaded, or too many data sets are waiting
   */
  load(name: string, request: DatasetRequest, signal?: AbortSignal): Promise<Dataset> {
    const key = JSON.stringify(request);
    const loaded = this.#loaded.get(key);
    if (loaded !== undefined) {
      this.#keep(key, loaded);
      return Promise.resolve(loaded);
    }
    const load = this.#loads.get(key) ?? this.#enqueue(key, name, request);
    return new Promise((resolve, reject) => {
      const settle = (outcome: Dataset | Error) => {
        load.waiters.delete(settle);
        signal?.removeEventListener('abort', abandon);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      const abandon = () => {
        settle(signal?.reason as Error);
        if (load.waiters.size === 0) this.#end(key, load);
      };
      load.waiters.add(settle);
      signal?.addEventListener('abort', abandon);
      if (signal?.aborted) abandon();
      else this.#startNext();
    });
  }

  /** Ends all loads; the requests that wait fail. */
  close(): void {
    // The last one first, so that none of them starts.
    for (const [key, load] of [...this.#loads].reverse()) {
      const detail = `data set "${load.name}": the server is closing`;
      this.#end(key, load, new Problem(503, detail, undefined, 'closed'));
    }
  }

  #enqueue(key: string, name: string, request: DatasetRequest): Load {
    if (this.#loads.size > MAX_WAITING_DATASETS) {
      throw new Problem(
        503,
        `${MAX_WAITING_DATASETS} data sets are waiting to be loaded; try again later`,
        RETRY_SECONDS,
      );
    }
    const load: Load = { name, request, waiters: new Set(), worker: undefined };
    this.#loads.set(key, load);
    return load;
  }

  /** Starts the first load unless it has started. */
  #startNext(): void {
    const first = this.#loads.entries().next();
    if (first.done === true || first.value[1].worker !== undefined) return;
    const [key, load] = first.value;
    const fail = (reason: string) => {
      this.#end(key, load, new Problem(503, `data set "${load.name}": ${reason}`));
    };
    try {
      load.worker = startWorker(this.#module, load.request, {
        // The worker is part of this program, so its messages have this type.
        onMessage: (message) => {
          this.#receive(key, load, message as LoadResponse);
        },
        onFailure: (reason) => {
          fail(`the thread that loads it failed: ${reason}; try again`);
        },
      });
    } catch (error) {
      // The system may refuse to start a thread.
      fail(messageOf(error));
    }
  }

  #receive(key: string, load: Load, response: LoadResponse): void {
    if ('problem' in response) {
      this.#end(key, load, new Problem(503, response.problem));
      return;
    }
    try {
      const dataset = decodeDataset(response.dataset);
      this.#keep(key, dataset);
      this.#end(key, load, dataset);
    } catch (error) {
      this.#end(key, load, new Problem(503, messageOf(error)));
    }
  }

  /** Ends a load, which may have ended already, and starts the next. */
  #end(key: string, load: Load, outcome?: Dataset | Error): void {
    if (this.#loads.get(key) !== load) return;
    this.#loads.delete(key);
    void load.worker?.terminate();
    if (outcome !== undefined) for (const settle of [...load.waiters]) settle(outcome);
    this.#startNext();
  }

  /** Keeps a data set as the one used last, and forgets those used first if there are too many bytes. */
  #keep(key: string, dataset: Dataset): void {
    this.#loaded.delete(key);
    this.#loaded.set(key, dataset);
    let bytes = 0;
    for (const [kept, loaded] of [...this.#loaded].reverse()) {
      bytes += memoryOf(loaded);
      if (bytes > this.#maxBytes) this.#loaded.delete(kept);
    }
  }
}
