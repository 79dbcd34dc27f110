import { expect, test } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import { matchClasses } from '#inkling/data/matchClasses.js';
import { InklingError } from '#inkling/core/errors.js';

function datasetOf(classes: string[], train: number[], test: number[]): Dataset {
  const partOf = (labels: number[]) => ({
    images: new Uint8Array(labels.length),
    labels: Uint8Array.from(labels),
  });
  const source = { kind: 'generated', location: 'the test', verified: false, sha256: {} } as const;
  return { name: 'set', source, shape: [1, 1, 1], classes, train: partOf(train), test: partOf(test) };
}

test('matches classes by name, in any order', () => {
  const sorted = ['0', '1', '10', '11', '2'];
  const matched = matchClasses(datasetOf(sorted, [0, 1, 2, 3, 4], [4, 2]), ['0', '1', '2', '10', '11']);
  expect(matched.classes).toEqual(['0', '1', '2', '10', '11']);
  expect([...matched.train.labels]).toEqual([0, 1, 3, 4, 2]);
  expect([...matched.test.labels]).toEqual([2, 3]);
});

test('accepts missing classes of the model, and unknown classes without images', () => {
  const matched = matchClasses(datasetOf(['b', 'unused', 'a'], [0, 2], [2]), ['a', 'b', 'c']);
  expect(matched.classes).toEqual(['a', 'b', 'c']);
  expect([...matched.train.labels, ...matched.test.labels]).toEqual([1, 0, 0]);
});

test('returns a data set with the same classes unchanged', () => {
  const dataset = datasetOf(['a', 'b'], [0], [1]);
  expect(matchClasses(dataset, ['a', 'b'])).toBe(dataset);
});

test.each<[what: string, own: string[], classes: string[], message: string]>([
  [
    'a misspelled class',
    ['cat', 'dgo'],
    ['cat', 'dog'],
    'set: unknown class "dgo" (did you mean "dog"?); expected only classes of the model, which are matched by name: cat or dog',
  ],
  [
    'numbers instead of names',
    ['0', '1'],
    ['cat', 'dog'],
    'set: unknown class "0"; expected only classes of the model, which are matched by name: cat or dog; its labels are numbers: replace them with the class names',
  ],
  [
    'a model with more classes than a label can state',
    ['cat', 'dog'],
    Array.from({ length: 2000 }, (_, i) => String(i)),
    'set: expected a model with at most 1,024 classes, got one with 2,000; train its last layer for the classes of the data set',
  ],
])('rejects %s', (_what, own, classes, message) => {
  expect(() => matchClasses(datasetOf(own, [0, 1], [0, 1]), classes)).toThrow(new InklingError(message));
});

test('matches classes of a model with more classes than a byte can state', () => {
  const classes = Array.from({ length: 1000 }, (_, i) => String(i));
  const matched = matchClasses(datasetOf(['999', '3'], [0, 1], [0]), classes);
  expect([...matched.train.labels]).toEqual([999, 3]);
  expect([...matched.test.labels]).toEqual([999]);
});
