import { DATASET_PARTS, type DatasetPart } from './parts.js';

const SPELLINGS: Readonly<Record<DatasetPart, readonly string[]>> = {
  train: ['train', 'training', 'trn'],
  validation: ['val', 'valid', 'validation', 'validate', 'dev'],
  test: ['test', 'testing', 'tst', 't10k'],
};

const partOfWord: ReadonlyMap<string, DatasetPart> = new Map(
  DATASET_PARTS.flatMap((part) =>
    SPELLINGS[part].flatMap((word) => [
      [word, part],
      [`${word}set`, part],
    ]),
  ),
);

/** Words that do not indicate a part. */
const FILLERS = [
  'set',
  'data',
  'dataset',
  'images',
  'image',
  'imgs',
  'img',
  'pictures',
  'photos',
  'files',
  'folder',
  'split',
  'seg',
];

/** Splits a name into words: `seg_train`, `trainingSet`, and `x-train2` have two each. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The part that a folder is named after, in any of the usual spellings: `train`, `Training`, `test_set`, `seg_train`. */
export function partNamed(name: string): DatasetPart | undefined {
  const words = wordsOf(name).filter((word) => !FILLERS.includes(word));
  return words.length === 1 ? partOfWord.get(words[0]) : undefined;
}

/** The part that a longer name contains: `mnist_train.csv`, `x_test`, `test-00000-of-00001.parquet`. */
export function partMentioned(name: string): DatasetPart | undefined {
  return wordsOf(name)
    .map((word) => partOfWord.get(word))
    .find((part) => part !== undefined);
}
