import { formatShape } from '../core/shape.js';
import { DatasetUnavailableError } from '../data/catalog/loadCatalogSet.js';
import type { Dataset, DatasetSource } from '../data/dataset.js';
import { BUILT_IN_DATASET } from '../data/digits/generateDigits.js';
import type { DatasetRequest } from '../data/load.js';
import { splitOf } from '../data/split.js';
import { type Config, parseConfig, type PartialConfig } from '../train/config.js';
import { formatCount, printable } from '../core/format.js';
import type { Io } from './io.js';
import type { Output } from './terminal/output.js';
import { LoadReporter } from './terminal/progress.js';

/** The settings that say which data set is meant. */
export type DatasetSettings = Pick<PartialConfig, 'dataDir' | 'imageSize' | 'skipUnreadable'> & {
  readonly dataset: string;
};

/**
 * Loads a data set and reports the progress of its download or decoding.
 *
 * @param model what will look at the images, where that is known
 */
export async function openDataset(
  { dataset, dataDir, imageSize, skipUnreadable }: DatasetSettings,
  io: Io,
  output: Output,
  model?: DatasetRequest['model'],
): Promise<Dataset> {
  const reporter = new LoadReporter(output);
  try {
    return await io.loadDataset({
      name: dataset,
      dataDir,
      imageSize,
      skipUnreadable,
      model,
      environment: io.environment,
      signal: io.signal,
      onProgress: reporter.onDownload,
      onDecode: reporter.onDecode,
    });
  } finally {
    reporter.close();
  }
}

/** A data set with the settings that name it, and why it stands in for another, when it does. */
export interface OpenedDataset {
  readonly dataset: Dataset;
  readonly config: Config;
  readonly note?: string;
}

/** Loads a data set; where the default one can be had nowhere, says so loudly and takes the one that is built in. */
export async function openDatasetOrStandIn(config: Config, io: Io, output: Output): Promise<OpenedDataset> {
  try {
    return { dataset: await openDataset(config, io, output), config };
  } catch (error) {
    const isDefault = config.dataset === parseConfig({}).dataset;
    if (!isDefault || !(error instanceof DatasetUnavailableError)) throw error;
    const title = `NOT ${config.dataset.toUpperCase()}: the built-in data set "${BUILT_IN_DATASET}" stands in for it.`;
    output.notice(title, `${error.message}.`);
    const standIn = { ...config, dataset: BUILT_IN_DATASET };
    return {
      dataset: await openDataset(standIn, io, output),
      config: standIn,
      note: `the built-in data set "${BUILT_IN_DATASET}" stands in for ${config.dataset}: ${error.message}`,
    };
  }
}

/** What a data set is, in a few lines. */
export function describeDataset(dataset: Dataset, splitSeed: number): string[] {
  const { name, source, shape, classes, test } = dataset;
  const parts = splitOf(dataset, splitSeed);
  const counts = [
    `${formatCount(parts.train.length)} to train`,
    `${formatCount(parts.validation.length)} to validate`,
    `${formatCount(test.labels.length)} to test`,
  ];
  return [
    `data set  ${name}`,
    `source    ${describeSource(source)}`,
    `images    ${counts.join(', ')}`,
    `shape     ${formatShape(shape)} (height×width×channels)`,
    `classes   ${classes.length}: ${classes.map(printable).join(classes.some((name) => name.includes(' ')) ? ', ' : ' ')}`,
    ...(source.notes ?? []).map((note) => `note      ${printable(note)}`),
  ];
}

function describeSource({ kind, location, verified }: DatasetSource): string {
  if (kind === 'generated') return location;
  return `${location} (${kind}, ${verified ? 'verified by its hash' : 'not verified: no known hashes'})`;
}
