import type { DatasetRequest } from '../../data/load.js';
import { isBroken, listRuns } from '../listRuns.js';

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
    if (isBroken(run)) continue;
    const { config, summary } = run;
    if (summary === undefined || summary.dataset.name === config.dataset) continue;
    const { imageSize, input, skipUnreadable } = config;
    const { name, source } = summary.dataset;
    // A path in the configuration may be relative to another folder; the summary has the absolute one.
    found.set(name, { name, path: source.location, imageSize, input, skipUnreadable });
  }
  return [...found.values()];
}
