import { Worker } from 'node:worker_threads';
import { catalog } from '../data/catalog.js';
import type { Dataset } from '../data/dataset.js';
import type { DatasetRequest } from '../data/load.js';
import { dataFolders, type Environment, locate, userCacheFolder } from '../data/locate.js';
import { kindOf } from '../platform/files.js';
import type { DatasetItem } from './apiSchemas.js';
import { Problem } from './problem.js';

/** What the worker that loads a data set says; it is the same program. */
export type LoadResponse = { readonly dataset: Dataset } | { readonly problem: string };

const BUILT_IN = 'digits';

/** A data set that lies at a path. */
export type RunDataset = Pick<DatasetRequest, 'imageSize' | 'skipUnreadable'> & {
  /** What its runs call it. */
  readonly name: string;
  readonly path: string;
};

/** The data sets known by name and those of runs, of which the one asked for last is kept in memory. */
export class DatasetStore {
  readonly #places: Pick<DatasetRequest, 'dataDir' | 'environment'>;
  readonly #listOwn: () => readonly RunDataset[];
  #kept: { readonly name: string; readonly dataset: Promise<Dataset> } | undefined;

  /** @param listOwn the data sets that runs were trained on and that have no name of the catalog */
  constructor(
    dataDir: string | undefined,
    environment: Environment,
    listOwn: () => readonly RunDataset[] = () => [],
  ) {
    const { INKLING_DATA_DIR } = environment;
    this.#places = { dataDir, environment: { INKLING_DATA_DIR } };
    this.#listOwn = listOwn;
  }

  list(): DatasetItem[] {
    const { dataDir, environment } = this.#places;
    const folders = [...dataFolders(dataDir, environment), userCacheFolder()];
    const known = catalog.map((entry) => ({
      name: entry.name,
      available: locate(entry, folders).folder !== undefined,
    }));
    const own = this.#listOwn().map(({ name, path }) => ({ name, available: kindOf(path) !== 'none' }));
    return [...known, { name: BUILT_IN, available: true }, ...own];
  }

  /** @throws {Problem} 404 when this machine does not have it; nothing is downloaded */
  open(name: string): Promise<Dataset> {
    const item = this.list().find((known) => known.name === name);
    if (item === undefined)
      throw new Problem(404, `data set "${name.slice(0, 64)}": there is none of this name`);
    if (!item.available) {
      const path = this.#listOwn().find((own) => own.name === name)?.path;
      const what = path === undefined ? `"inkling data ${name}" gets it` : `${path} is gone`;
      throw new Problem(404, `data set "${name}": it is not on this machine; ${what}`);
    }
    if (this.#kept?.name !== name) {
      const dataset = load({ ...this.#requestOf(name), ...this.#places });
      this.#kept = { name, dataset };
      dataset.catch(() => {
        this.#kept = undefined;
      });
    }
    return this.#kept.dataset;
  }

  #requestOf(name: string): Omit<DatasetRequest, 'environment'> {
    const own = this.#listOwn().find((each) => each.name === name);
    if (own === undefined) return { name };
    return { name: own.path, imageSize: own.imageSize, skipUnreadable: own.skipUnreadable };
  }
}

function load(request: DatasetRequest): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./datasetWorker.js', import.meta.url), {
      workerData: request,
      execArgv: [],
    });
    worker.once('error', reject);
    worker.once('message', (answer: LoadResponse) => {
      if ('dataset' in answer) resolve(answer.dataset);
      else reject(new Problem(503, answer.problem));
    });
  });
}
