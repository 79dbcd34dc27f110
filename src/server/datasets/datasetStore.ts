import { catalog } from '../../data/catalog/catalog.js';
import type { Dataset } from '../../data/dataset.js';
import { BUILT_IN_DATASET } from '../../data/digits/generateDigits.js';
import type { DatasetRequest } from '../../data/load.js';
import {
  dataFolders,
  type Environment,
  locate,
  type SearchTarget,
  userCacheFolder,
} from '../../data/files/locate.js';
import { kindOf } from '../../platform/files.js';
import type { RunDataset } from '../../runs/dataset/runDatasets.js';
import type { DatasetItem } from '../apiSchemas.js';
import { DatasetLoader } from './datasetLoader.js';
import { Problem, unknownNameProblem } from '../problem.js';

/** The data sets available by name and those of runs. */
export class DatasetStore {
  readonly #location: { readonly dataDir: string | undefined; readonly environment: Environment };
  readonly #listRunDatasets: () => readonly RunDataset[];
  readonly #loader = new DatasetLoader();

  /** @param listRunDatasets returns the data sets of runs that are not in the catalog */
  constructor(
    dataDir: string | undefined,
    environment: Environment,
    listRunDatasets: () => readonly RunDataset[] = () => [],
  ) {
    const { INKLING_DATA_DIR } = environment;
    this.#location = { dataDir, environment: { INKLING_DATA_DIR } };
    this.#listRunDatasets = listRunDatasets;
  }

  list(): DatasetItem[] {
    const known = catalog.map((entry) => ({ name: entry.name, available: this.#has(entry) }));
    const ofRuns = this.#listRunDatasets().map(({ name, path }) => ({
      name,
      available: kindOf(path) !== 'none',
    }));
    return [...known, { name: BUILT_IN_DATASET, available: true }, ...ofRuns];
  }

  /**
   * Loads a data set from this machine; nothing is downloaded.
   *
   * @param signal abandons it
   * @throws {Problem} 404 when there is no such data set, or its files are not on this machine; 503 when they cannot be read, or too many
   * data sets are waiting
   */
  open(name: string, signal?: AbortSignal): Promise<Dataset> {
    return this.#loader.load(name, { ...this.#requestFor(name), ...this.#location }, signal);
  }

  /** Ends all loads. */
  close(): void {
    this.#loader.close();
  }

  /** @throws {Problem} 404 when there is no such data set, or its files are not on this machine */
  #requestFor(name: string): Omit<DatasetRequest, 'environment'> {
    if (name === BUILT_IN_DATASET) return { name };
    const entry = catalog.find((known) => known.name === name);
    if (entry !== undefined) {
      if (this.#has(entry)) return { name };
      throw new Problem(
        404,
        `data set "${name}": not on this machine; download it with "inkling data ${name}"`,
      );
    }
    const ofRun = this.#listRunDatasets().find((dataset) => dataset.name === name);
    if (ofRun === undefined) {
      const known = this.list().map((item) => item.name);
      throw unknownNameProblem('data set', name, known, 'GET /api/data lists the data sets');
    }
    const { path, imageSize, input, skipUnreadable } = ofRun;
    if (kindOf(path) === 'none') throw new Problem(404, `data set "${name}": ${path} no longer exists`);
    return { name: path, imageSize, input, skipUnreadable };
  }

  #has(entry: SearchTarget): boolean {
    const { dataDir, environment } = this.#location;
    return locate(entry, [...dataFolders(dataDir, environment), userCacheFolder()]).folder !== undefined;
  }
}
