import { InklingError } from '../core/errors.js';
import { VERSION } from '../core/version.js';
import type { Dataset } from '../data/dataset.js';
import { type DatasetRequest, loadDataset } from '../data/load.js';
import { fingerprintOf } from '../runs/dataset/fingerprint.js';
import type { SweepDefinition } from './journal/records.js';
import { parseSpace } from './space/parseSpace.js';
import { checkSpace, firstConfig } from './space/trialConfig.js';

/**
 * Loads the images of a sweep in another process than the one that conducts it, possibly on another machine.
 *
 * @param who the sweep, for error messages
 * @param options where else than the sweep to look for the data set, and who learns of its download
 * @throws {InklingError} when the version of Inkling or the images differ from those of the sweep, so that the results would as well
 */
export async function loadSweepDataset(
  definition: SweepDefinition,
  who: string,
  options: Pick<DatasetRequest, 'dataDir' | 'signal' | 'onProgress' | 'onDecode'> = {},
): Promise<Dataset> {
  assertSameVersion(definition, who);
  const space = parseSpace(definition.space, who);
  const { dataset: name, ...config } = firstConfig(space);
  const model = checkSpace(space, who);
  const dataset = await loadDataset({ ...config, name, model, ...options });
  assertSameImages(definition, dataset, who);
  return dataset;
}

/** @throws {InklingError} when a sweep was started with another version of Inkling */
export function assertSameVersion({ version }: Pick<SweepDefinition, 'version'>, who: string): void {
  if (version === VERSION) return;
  throw new InklingError(
    `${who}: expected Inkling ${version}, with which the sweep was started, got ${VERSION}; install that version`,
  );
}

/** @throws {InklingError} when a data set is not the one that a sweep was started with */
export function assertSameImages(
  { fingerprint }: Pick<SweepDefinition, 'fingerprint'>,
  dataset: Dataset,
  who: string,
): void {
  const { train, test } = fingerprintOf(dataset);
  if (train === fingerprint.train && test === fingerprint.test) return;
  throw new InklingError(
    `${who}: expected the images with which the sweep was started, got others in ${dataset.name} (${dataset.source.location}); restore them, or start a new sweep`,
  );
}
