import { Worker } from 'node:worker_threads';
import { catalog } from '../data/catalog.js';
import type { Dataset } from '../data/dataset.js';
import type { DatasetRequest } from '../data/load.js';
import { dataFolders, type Environment, locate, userCacheFolder } from '../data/locate.js';
import type { DataItem } from './api.js';
import { Problem } from './problem.js';

/** What the worker that loads a data set says; it is the same program. */
export type LoadAnswer = { readonly dataset: Dataset } | { readonly problem: string };

const BUILT_IN = 'digits';

/** The data sets known by name, of which the one asked for last is kept in memory. */
export class Datasets {
  readonly #places: Pick<DatasetRequest, 'dataDir' | 'environment'>;
  #kept: { readonly name: string; readonly dataset: Promise<Dataset> } | undefined;

  constructor(dataDir: string | undefined, environment: Environment) {
    const { INKLING_DATA_DIR } = environment;
    this.#places = { dataDir, environment: { INKLING_DATA_DIR } };
  }

  list(): DataItem[] {
    const { dataDir, environment } = this.#places;
    const folders = [...dataFolders(dataDir, environment), userCacheFolder()];
    const known = catalog.map((entry) => ({
      name: entry.name,
      available: locate(entry, folders).folder !== undefined,
    }));
    return [...known, { name: BUILT_IN, available: true }];
  }

  /** @throws {Problem} 404 when this machine does not have it; nothing is downloaded */
  open(name: string): Promise<Dataset> {
    const item = this.list().find((known) => known.name === name);
    if (item === undefined)
      throw new Problem(404, `data set "${name.slice(0, 64)}": there is none of this name`);
    if (!item.available) {
      throw new Problem(404, `data set "${name}": it is not on this machine; "inkling data ${name}" gets it`);
    }
    if (this.#kept?.name !== name) {
      const dataset = load({ name, ...this.#places });
      this.#kept = { name, dataset };
      dataset.catch(() => {
        this.#kept = undefined;
      });
    }
    return this.#kept.dataset;
  }
}

function load(request: DatasetRequest): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./datasetWorker.js', import.meta.url), {
      workerData: request,
      execArgv: [],
    });
    worker.once('error', reject);
    worker.once('message', (answer: LoadAnswer) => {
      if ('dataset' in answer) resolve(answer.dataset);
      else reject(new Problem(503, answer.problem));
    });
  });
}
