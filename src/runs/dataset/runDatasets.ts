import type { DatasetRequest } from '../../data/load.js';
import { isBroken, listRuns } from '../listRuns.js';
import type { RunRecord } from '../readRun.js';

/** A data set that is identified only by its path. */
export type RunDataset = Pick<DatasetRequest, 'imageSize' | 'input' | 'skipUnreadable'> & {
  /** Its name in the records of runs. */
  readonly name: string;
  readonly path: string;
};

/**
 * The data sets that the runs in a folder were trained on, except those that are available by name. Of several with the same
 * name, that of the last run is returned; runs whose records cannot be read are skipped.
 */
export function listRunDatasets(runDir: string): RunDataset[] {
  const found = new Map<string, RunDataset>();
  for (const run of listRuns(runDir)) {
    const dataset = isBroken(run) ? undefined : runDatasetOf(run);
    if (dataset !== undefined) found.set(dataset.name, dataset);
  }
  return [...found.values()];
}

/** The data set that a run was trained on; undefined if it is available by name, or the run has not ended. */
export function runDatasetOf({ config, summary }: RunRecord): RunDataset | undefined {
  if (summary === undefined || summary.dataset.name === config.dataset) return undefined;
  const { imageSize, input, skipUnreadable } = config;
  const { name, source } = summary.dataset;
  // A path in the configuration may be relative to another folder; the summary has the absolute one.
  return { name, path: source.location, imageSize, input, skipUnreadable };
}
