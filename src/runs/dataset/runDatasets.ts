import type { DatasetRequest } from '../../data/datasetRequest.js';
import { isBroken, listRuns } from '../listRuns.js';
import type { RunRecord } from '../readRun.js';

/** A data set as a run had it. */
export type RunDataset = Pick<DatasetRequest, 'imageSize' | 'input' | 'skipUnreadable'> & {
  /** Its name in the records of runs. */
  readonly name: string;
  /** Undefined if it is available by its name. */
  readonly path: string | undefined;
};

/** A data set that is identified only by its path. */
export type PathDataset = RunDataset & { readonly path: string };

/**
 * The data sets that the runs in a folder were trained on, except those that are available by name. Of several with the same
 * name, that of the last run is returned; runs whose records cannot be read are skipped.
 */
export function listRunDatasets(runDir: string): PathDataset[] {
  const found = new Map<string, PathDataset>();
  for (const run of listRuns(runDir)) {
    const dataset = isBroken(run) ? undefined : runDatasetOf(run);
    if (dataset?.path !== undefined) found.set(dataset.name, { ...dataset, path: dataset.path });
  }
  return [...found.values()];
}

/** The data set that a run was trained on; undefined if the run has not ended. */
export function runDatasetOf({ config, summary }: RunRecord): RunDataset | undefined {
  if (summary === undefined) return undefined;
  const { imageSize, input, skipUnreadable } = config;
  const { name, source } = summary.dataset;
  // A path in the configuration may be relative to another folder; the summary has the absolute one.
  const path = name === config.dataset ? undefined : source.location;
  return { name, path, imageSize, input, skipUnreadable };
}
