import { expect, test } from 'vitest';
import { addExamples, balance, emptyCollection } from '../../src/lab/data/collection.js';
import { splitExamples } from '../../src/lab/data/splitExamples.js';
import { countParts, SPLIT_NAMES } from '../../src/lab/data/splits.js';

const images = (count: number) => Array.from({ length: count }, (_, i) => new Uint8Array(784).fill(i));

test.each([
  ['60-20-20', [60, 20, 20]],
  ['70-15-15', [70, 15, 15]],
  ['80-10-10', [80, 10, 10]],
] as const)('of 100 examples, %s has these in each part: %j', (name, expected) => {
  expect(Object.values(countParts(100, name))).toEqual(expected);
});

test.each(SPLIT_NAMES)('with %s, a class of five has an example in each part', (name) => {
  expect(countParts(5, name)).toEqual({ train: 3, validation: 1, test: 1 });
});

test('the data set has the parts that were chosen', () => {
  const collection = {
    ...addExamples(emptyCollection('drawing', []), [
      { name: 'a', images: images(20) },
      { name: 'b', images: images(10) },
    ]),
    split: '80-10-10' as const,
  };
  const { train, validationCount, test: held } = splitExamples(collection);
  expect([train.labels.length, validationCount, held.labels.length]).toEqual([27, 3, 3]);
  expect([...held.labels]).toEqual([0, 0, 1]);
  expect([0, 1, 2].map((i) => held.images[784 * i])).toEqual([4, 14, 4]);
});

test('balance keeps the first examples of each class, as many as the smallest has', () => {
  const collection = addExamples(emptyCollection('drawing', ['empty']), [
    { name: 'a', images: images(7) },
    { name: 'b', images: images(5) },
  ]);
  const values = balance(collection).classes.map(({ name, examples }) => [
    name,
    examples.map(({ pixels }) => pixels[0]),
  ]);
  expect(values).toEqual([
    ['empty', []],
    ['a', [0, 1, 2, 3, 4]],
    ['b', [0, 1, 2, 3, 4]],
  ]);
});
