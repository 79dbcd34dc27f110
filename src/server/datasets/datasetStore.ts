import { catalog } from '../../data/catalog/catalog.js';
import type { Dataset } from '../../data/dataset.js';
import { BUILT_IN_DATASET } from '../../data/digits/generateDigits.js';
import type { DatasetRequest } from '../../data/datasetRequest.js';
import {
  dataFolders,
  type Environment,
  locate,
  type SearchTarget,
  userCacheFolder,
} from '../../data/files/locate.js';
import { kindOf } from '../../platform/files.js';
import type { PathDataset, RunDataset } from '../../runs/dataset/runDatasets.js';
import type { PartialConfig } from '../../train/config.js';
import type { DatasetItem } from '../apiSchemas.js';
import { DatasetLoader } from './datasetLoader.js';
import { Problem, unknownNameProblem } from '../problem.js';

/** The data sets of runs. */
interface RunDatasets {
  /** Those that are not available by name, one of each name. */
  readonly list: () => readonly PathDataset[];
  /**
   * That of a run.
   *
   * @throws {Problem} 404 when there is no such run
   */
  readonly find: (run: string) => RunDataset | undefined;
}

/** The data sets available by name and those of runs. */
export class DatasetStore {
  readonly #location: { readonly dataDir: string | undefined; readonly environment: Environment };
  readonly #ofRuns: RunDatasets;
  readonly #loader = new DatasetLoader();

  constructor(
    dataDir: string | undefined,
    environment: Environment,
    ofRuns: RunDatasets = { list: () => [], find: () => undefined },
  ) {
    const { INKLING_DATA_DIR } = environment;
    this.#location = { dataDir, environment: { INKLING_DATA_DIR } };
    this.#ofRuns = ofRuns;
  }

  list(): DatasetItem[] {
    const known = catalog.map((entry) => ({ name: entry.name, available: this.#has(entry) }));
    const ofRuns = this.#ofRuns.list().map(({ name, path }) => ({
      name,
      available: kindOf(path) !== 'none',
    }));
    return [...known, { name: BUILT_IN_DATASET, available: true }, ...ofRuns];
  }

  /**
   * Loads a data set from this machine; nothing is downloaded.
   *
   * @param signal abandons it
   * @param run whose data set is meant; by default, the last run with a data set of this name
   * @throws {Problem} 404 when there is no such data set, or its files are not on this machine; 503 when they cannot be read, or too many
   * data sets are waiting
   */
  open(name: string, signal?: AbortSignal, run?: string): Promise<Dataset> {
    return this.#loader.load(name, { ...this.#requestFor(name, run), ...this.#location }, signal);
  }

  /**
   * The settings with which a run is trained on a data set of this machine.
   *
   * @throws {Problem} 404 when there is no such data set, or its files are not on this machine
   */
  settingsFor(
    name: string,
  ): Pick<PartialConfig, 'dataset' | 'dataDir' | 'imageSize' | 'input' | 'skipUnreadable'> {
    const { name: dataset, imageSize, input, skipUnreadable } = this.#requestFor(name, undefined);
    return { dataset, dataDir: this.#location.dataDir, imageSize, input, skipUnreadable };
  }

  /** Ends all loads. */
  close(): void {
    this.#loader.close();
  }

  /** @throws {Problem} 404 when there is no such data set, or its files are not on this machine */
  #requestFor(name: string, run: string | undefined): Omit<DatasetRequest, 'environment'> {
    const found = run === undefined ? this.#find(name) : this.#ofRuns.find(run);
    if (found?.name !== name) {
      const known = this.list().map((item) => item.name);
      throw unknownNameProblem('data set', name, known, 'GET /api/data lists the data sets');
    }
    const { path, ...request } = found;
    if (path === undefined) {
      this.#assertPresent(name);
      return request;
    }
    if (kindOf(path) === 'none') throw new Problem(404, `data set "${name}": ${path} no longer exists`);
    return { ...request, name: path };
  }

  #find(name: string): RunDataset | undefined {
    if (name === BUILT_IN_DATASET || entryNamed(name) !== undefined) return { name, path: undefined };
    return this.#ofRuns.list().find((dataset) => dataset.name === name);
  }

  /** @throws {Problem} 404 when a data set of the catalog is not on this machine */
  #assertPresent(name: string): void {
    const entry = entryNamed(name);
    if (entry === undefined || this.#has(entry)) return;
    throw new Problem(
      404,
      `data set "${name}": not on this machine; download it with "inkling data ${name}"`,
    );
  }

  #has(entry: SearchTarget): boolean {
    const { dataDir, environment } = this.#location;
    return locate(entry, [...dataFolders(dataDir, environment), userCacheFolder()]).folder !== undefined;
  }
}

function entryNamed(name: string) {
  return catalog.find((known) => known.name === name);
}
