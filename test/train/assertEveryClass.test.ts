import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { splitOf } from '#inkling/data/split.js';
import { assertEveryClass } from '#inkling/train/assertEveryClass.js';

function check(train: number[], tested: number[]): void {
  const setOf = (labels: number[]) => ({
    images: new Uint8Array(labels.length),
    labels: Uint8Array.from(labels),
  });
  const dataset: Dataset = {
    name: 'pets',
    source: { kind: 'files', location: '/pets', verified: false, sha256: {} },
    shape: [1, 1, 1],
    classes: ['cat', 'dog', 'rat'],
    train: setOf(train),
    test: setOf(tested),
    splitMethod: 'stratified',
  };
  assertEveryClass({ dataset, split: splitOf(dataset, 42) });
}

test('accepts a data set with training, validation, and test images of each class', () => {
  expect(() => {
    check([0, 0, 1, 1, 2, 2], [0, 1, 2]);
  }).not.toThrow();
});

test.each([
  [
    [0, 0, 1, 1, 2],
    [0, 1, 2],
    'the class "rat" has 1 training, 0 validation, and 1 test images; expected one of each, thus at least 3 images per class; add images, or remove the class',
  ],
  [
    [0, 0, 1, 1, 2],
    [0, 1],
    'the class "rat" has 1 training, 0 validation, and 0 test images; expected one of each, thus at least 3 images per class; add images, or remove the class',
  ],
  [
    [0, 0, 1, 2, 1],
    [0],
    'the class "dog" has 1 training, 1 validation, and 0 test images; expected one of each, thus at least 3 images per class; add images, or remove the class (likewise 1 other class: "rat")',
  ],
  [
    [],
    [0, 1, 2],
    'has 3 test images and no training images; add training images, or evaluate a trained model on them',
  ],
])('rejects training labels %j with test labels %j', (train, tested, problem) => {
  expect(() => {
    check(train, tested);
  }).toThrow(new InklingError(`/pets: ${problem}`));
});
