import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import type { Dataset } from '../../data/dataset.js';
import type { DatasetRequest } from '../../data/datasetRequest.js';
import { loadDataset } from '../../data/load.js';
import { withAbsolutePaths } from '../../runs/dataset/absolutePaths.js';
import { fingerprintOf } from '../../runs/dataset/fingerprint.js';
import { fingerprintSchema } from '../../runs/runSummary.js';
import { checkModel } from '../../runs/startingConfig.js';
import { type Config, configSchema } from '../../train/config.js';

export const trialImagesSchema = z.object({
  /** The version of Inkling, since another one may train other weights. */
  version: z.string(),
  /** The configuration of one of the trials, for the settings that select the images, which all share. */
  config: configSchema,
  fingerprint: fingerprintSchema,
});

/** What another process needs in order to load the images of trials. */
export type TrialImages = Readonly<z.infer<typeof trialImagesSchema>>;

/** Describes the images that trials with a configuration are trained on. */
export function trialImagesOf(config: Config, dataset: Dataset): TrialImages {
  return { version: VERSION, config: withAbsolutePaths(config), fingerprint: fingerprintOf(dataset) };
}

/**
 * Loads the images of trials in another process than the one that conducts them, possibly on another machine.
 *
 * @param who what the trials belong to, for error messages
 * @param options where else to look for the data set, and who learns of its download
 * @throws {InklingError} when the version of Inkling or the images are others, so that the results would be as well
 */
export async function loadTrialImages(
  images: TrialImages,
  who: string,
  options: Pick<DatasetRequest, 'dataDir' | 'signal' | 'onProgress' | 'onDecode'> = {},
): Promise<Dataset> {
  assertSameVersion(images, who);
  const { config } = images;
  const model = checkModel(config);
  const dataset = await loadDataset({ ...config, name: config.dataset, model, ...options });
  assertSameImages(images, dataset, who);
  return dataset;
}

/** @throws {InklingError} when trials were started with another version of Inkling */
export function assertSameVersion({ version }: Pick<TrialImages, 'version'>, who: string): void {
  if (version === VERSION) return;
  throw new InklingError(
    `${who}: expected Inkling ${version}, with which it was started, got ${VERSION}; install that version`,
  );
}

/** @throws {InklingError} when a data set is not the one that trials were started with */
export function assertSameImages(
  { fingerprint }: Pick<TrialImages, 'fingerprint'>,
  dataset: Dataset,
  who: string,
): void {
  const { train, test } = fingerprintOf(dataset);
  if (train === fingerprint.train && test === fingerprint.test) return;
  throw new InklingError(
    `${who}: expected the images with which it was started, got others in ${dataset.name} (${dataset.source.location}); restore them, or start again`,
  );
}
