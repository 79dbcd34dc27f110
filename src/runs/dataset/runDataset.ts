import { basename, isAbsolute, join } from 'node:path';
import { option } from '../../core/optionName.js';
import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkValues } from '../../core/arguments/checkOptions.js';
import * as records from '../../core/arguments/records.js';
import { InklingError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { datasetPath } from '../../data/datasetPath.js';
import { matchClasses } from '../../data/matchClasses.js';
import { MAX_CHECKPOINT_BYTES } from '../../interop/checkpoint.js';
import { kindOf, readBytes } from '../../platform/files.js';
import type { RunRecord } from '../readRun.js';
import { RESUME_FILE } from '../runFiles.js';
import { decodeTraining } from '../savedTraining.js';
import type { Fingerprint } from '../runSummary.js';
import { hashOf } from './fingerprint.js';

/** The name of a run's data set, of which only the setting is known until the run has a summary. */
export function datasetNameOf({ config, summary }: RunRecord): string {
  return summary?.dataset.name ?? basename(config.dataset);
}

/**
 * The data set of a run: its name, or the absolute path that it had when the run began.
 *
 * @throws {InklingError} when that path no longer exists
 */
export function datasetOf(run: RunRecord): string {
  checkValues('datasetOf', { run }, { run: records.run });
  const { folder, config, summary } = run;
  const { dataset } = config;
  if (datasetPath(dataset) === undefined) return dataset;
  // Earlier versions recorded the path as given, possibly relative to another folder.
  const path = isAbsolute(dataset) ? dataset : (summary?.dataset.source.location ?? dataset);
  if (kindOf(path) !== 'none') return path;
  throw new InklingError(
    `run "${folder}": its data set was at ${path}, which no longer exists; specify its current location with ${option('dataset')}`,
  );
}

/**
 * Checks that the data set of a run still contains the images that the run was tested on.
 *
 * @throws {InklingError} when they differ
 */
export function assertSameTestImages(run: RunRecord, dataset: Dataset): void {
  checkValues('assertSameTestImages', { run }, { run: records.run });
  checkArguments('assertSameTestImages', { dataset });
  const { folder, summary } = run;
  const expected = fingerprintOfRun(run)?.test;
  if (expected === undefined) return;
  const matched = summary === undefined ? dataset : matchClasses(dataset, summary.dataset.classes);
  if (expected === hashOf(matched, 'test')) return;
  throw new InklingError(
    `run "${folder}": the test images of ${dataset.name} (${dataset.source.location}) have changed since the run; ` +
      `restore them, or select other test images with ${option('dataset')}`,
  );
}

/** What a run recorded about its images: in its summary or, if it was killed, in the state from which it can be resumed. */
function fingerprintOfRun({ folder, summary }: RunRecord): Fingerprint | undefined {
  if (summary !== undefined) return summary.dataset.fingerprint;
  const file = join(folder, RESUME_FILE);
  if (kindOf(file) !== 'file') return undefined;
  return decodeTraining(readBytes(file, MAX_CHECKPOINT_BYTES), file).fingerprint;
}
