import type { Dataset } from '../data/dataset.js';
import type { DatasetRequest } from '../data/datasetRequest.js';
import type { PartialConfig } from '../train/config.js';
import type { Io } from './io.js';
import type { Output } from './terminal/output.js';
import { LoadReporter } from './terminal/progress.js';

/** The settings that select a data set. */
export type DatasetSettings = Pick<PartialConfig, 'dataDir' | 'imageSize' | 'input' | 'skipUnreadable'> & {
  readonly dataset: string;
};

/**
 * Loads a data set and shows the progress of its download or of decoding its files.
 *
 * @param purpose the model to load it for, if there is one, and whether to train or to evaluate it
 */
export async function openDataset(
  { dataset, dataDir, imageSize, input, skipUnreadable }: DatasetSettings,
  io: Io,
  output: Output,
  purpose: Pick<DatasetRequest, 'model' | 'use'> = {},
): Promise<Dataset> {
  const reporter = new LoadReporter(output);
  try {
    return await io.loadDataset({
      name: dataset,
      dataDir,
      imageSize,
      input,
      skipUnreadable,
      ...purpose,
      environment: io.environment,
      onProgress: reporter.onDownload,
      onDecode: reporter.onDecode,
    });
  } finally {
    reporter.close();
  }
}
