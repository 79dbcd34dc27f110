import { countClasses } from './classes.js';
import type { Dataset } from './dataset.js';
import { DATASET_PARTS, type DatasetPart } from './parts.js';
import type { Split } from './split.js';

/** The number of images of each class in each part. */
export type ClassCounts = Readonly<Record<DatasetPart, number[]>>;

export function countParts({ train, test, classes }: Dataset, split: Split): ClassCounts {
  const count = (part: DatasetPart) =>
    countClasses(
      part === 'test' ? test.labels : Array.from(split[part], (index) => train.labels[index]),
      classes.length,
    );
  const [trainCounts, validation, testCounts] = DATASET_PARTS.map(count);
  return { train: trainCounts, validation, test: testCounts };
}
