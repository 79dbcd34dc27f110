import type { Dataset } from '../dataset.js';
import { chooseTest } from '../holdOutTest.js';
import type { PartImages } from '../labeledDataset.js';
import { pickRows } from '../labeledImages.js';

/**
 * Adds the columns that all training images of a data set have.
 *
 * @param dataset that `labeledDataset` has made of the parts, whose images may have become test images
 */
export function withColumns(dataset: Dataset, parts: readonly PartImages[]): Dataset {
  const used = (['train', 'validation'] as const).flatMap((part) =>
    parts.filter((each) => each.part === part && each.labels !== undefined),
  );
  const tables = used.map(({ columns = {} }) => columns);
  const names = Object.keys(tables.at(0) ?? {}).filter((name) =>
    tables.every((table) => Object.hasOwn(table, name)),
  );
  const kept = keptImages(dataset, used);
  if (names.length === 0 || kept.length === 0) return dataset;
  const all = Object.fromEntries(names.map((name) => [name, tables.flatMap((table) => table[name])]));
  return { ...dataset, columns: pickRows(all, kept) };
}

/** Of all images with labels for training, those that are training images, because they were not held out for testing. */
function keptImages(
  { classes, train, validationCount = 0 }: Dataset,
  parts: readonly PartImages[],
): number[] {
  const labels = Uint16Array.from(
    parts.flatMap((part) => part.labels ?? []),
    (name) => classes.indexOf(name),
  );
  const all = [...labels.keys()];
  if (train.labels.length === 0 || train.labels.length === labels.length) {
    return all.slice(0, train.labels.length);
  }
  const isTest = chooseTest(labels.subarray(0, labels.length - validationCount), classes.length);
  return all.filter((image) => isTest.at(image) !== 1);
}
