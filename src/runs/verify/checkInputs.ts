import { InklingError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import { formatCount, formatPlural } from '../../core/format.js';
import { countClasses } from '../../data/classes.js';
import type { Dataset } from '../../data/dataset.js';
import { modelSchema } from '../../models/model.js';
import type { Backbone } from '../../train/fineTune.js';
import { hashOf } from '../dataset/fingerprint.js';
import type { StartingModel } from '../start/startingModel.js';
import { asJson, firstDifference } from './firstDifference.js';
import type { RecordedRun } from './recordedRun.js';
import { hashOfWeights } from './trainingHashes.js';

/** How much of a hash a message shows. */
const SHOWN_DIGITS = 12;

/**
 * Checks that the images are those that a run was trained and tested on.
 *
 * @param dataset with the classes of the run
 * @throws {InklingError} that names all that is known about the difference
 */
export function checkImages(run: RecordedRun, dataset: Dataset): void {
  const { folder, fingerprint, summary } = run;
  if (fingerprint === undefined) return;
  const changed = (['train', 'test'] as const).filter((part) => fingerprint[part] !== hashOf(dataset, part));
  if (changed.length === 0) return;
  const parts = changed.map((part) => (part === 'train' ? 'training' : 'test')).join(' and the ');
  const hashes = changed.map((part) => {
    const [expected, received] = [fingerprint[part], hashOf(dataset, part)].map((hash) =>
      hash.slice(0, SHOWN_DIGITS),
    );
    return `SHA-256 ${expected}… expected, got ${received}…`;
  });
  const files = Object.entries(summary?.dataset.source.sha256 ?? {})
    .filter(([name, hash]) => (dataset.source.sha256[name] ?? hash) !== hash)
    .map(([name]) => `${name} has changed`);
  const details = [...hashes, ...changed.flatMap((part) => countDifferences(run, dataset, part)), ...files];
  throw new InklingError(
    `verify: the ${parts} images of ${dataset.name} (${dataset.source.location}) differ from those of ${folder}: ` +
      `${details.join('; ')}; restore them, or specify where they are with ${option('dataset')}`,
  );
}

/** The numbers of images that differ, in all and by class. */
function countDifferences(
  { summary, predictions }: RecordedRun,
  dataset: Dataset,
  part: 'train' | 'test',
): string[] {
  const { labels } = dataset[part];
  if (summary === undefined) return [];
  const { train, validation, test } = summary.dataset;
  const expected = part === 'train' ? train + validation : test;
  const total =
    expected === labels.length
      ? `${formatPlural(expected, 'image')} as expected`
      : `${formatPlural(expected, 'image')} expected, got ${formatCount(labels.length)}`;
  const counts = predictions?.classCounts;
  if (counts === undefined) return [total];
  const before =
    part === 'train' ? counts.train.map((count, label) => count + counts.validation[label]) : counts.test;
  const now = countClasses(labels, dataset.classes.length);
  const classes = dataset.classes.flatMap((name, label) =>
    before[label] === now[label]
      ? []
      : [`class ${name}: ${formatCount(before[label])} expected, got ${formatCount(now[label])}`],
  );
  return [total, ...classes];
}

/**
 * Checks that the weights that a run started from are the same.
 *
 * @param source where they are from, such as a run or a file
 * @throws {InklingError} when they or their model have changed
 */
export function checkStart(
  { folder, definition, events }: RecordedRun,
  source: string,
  { model, weights }: Pick<StartingModel, 'model'> & Pick<Backbone, 'weights'>,
): void {
  const difference = firstDifference(asJson(definition.model), asJson(modelSchema.parse(model)));
  if (difference !== undefined) {
    const { path, recorded, repeated } = difference;
    throw new InklingError(
      `verify: ${source}, which ${folder} started from, is another model now: expected ${path} ${String(recorded)}, got ${String(repeated)}; restore it`,
    );
  }
  const { startingWeights } = events;
  if (startingWeights === undefined || startingWeights === hashOfWeights(weights)) return;
  const [expected, received] = [startingWeights, hashOfWeights(weights)].map((hash) =>
    hash.slice(0, SHOWN_DIGITS),
  );
  throw new InklingError(
    `verify: the weights of ${source}, which ${folder} started from, have changed since: SHA-256 ${expected}… expected, got ${received}…; restore them`,
  );
}
