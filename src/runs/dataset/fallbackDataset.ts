import { DatasetUnavailableError } from '../../data/catalog/loadCatalogSet.js';
import type { Dataset } from '../../data/dataset.js';
import { BUILT_IN_DATASET } from '../../data/digits/generateDigits.js';
import { type Config, parseConfig } from '../../train/config.js';

/** A data set and the configuration that names it. */
export interface LoadedDataset {
  readonly dataset: Dataset;
  readonly config: Config;
  /** Why the built-in data set replaces the default one; undefined if it does not. */
  readonly fallbackReason: string | undefined;
}

/**
 * Loads the data set of a configuration. If the default data set is not on this machine and cannot be downloaded, loads the
 * built-in one in its place.
 *
 * @throws what `load` throws, for any other data set or reason
 */
export async function loadDatasetOrFallback(
  config: Config,
  load: (config: Config) => Promise<Dataset>,
): Promise<LoadedDataset> {
  try {
    return { dataset: await load(config), config, fallbackReason: undefined };
  } catch (error) {
    const isDefault = config.dataset === parseConfig({}).dataset;
    if (!isDefault || !(error instanceof DatasetUnavailableError)) throw error;
    const fallback = { ...config, dataset: BUILT_IN_DATASET };
    return { dataset: await load(fallback), config: fallback, fallbackReason: error.message };
  }
}
