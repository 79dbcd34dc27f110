import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { foldSplit, split, splitMethodOf, splitOf, stratifiedSplit } from '#inkling/data/split.js';
import { digest, golden } from '../helpers/golden.js';

test('splits 60,000 images like PyTorch’s random_split with seed 42', () => {
  const { train, validation } = split(60_000, 42);
  expect([train.length, validation.length]).toEqual([54_000, 6_000]);
  // Result of PyTorch 1.13.
  expect([...train.subarray(0, 20)]).toEqual([
    37542, 43087, 2992, 25810, 39634, 6425, 55768, 11034, 44310, 44384, 23068, 47752, 37118, 26420, 46483,
    45982, 57971, 42205, 1203, 10258,
  ]);
  expect([...validation.subarray(0, 5)]).toEqual([33841, 37977, 40521, 16882, 50296]);
});

test('assigns every image to exactly one part', () => {
  const { train, validation } = split(1009, 7);
  expect([train.length, validation.length]).toEqual([908, 101]);
  expect([...train, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 1009 }, (_, i) => i));
});

test('depends only on the seed', () => {
  expect(split(100, 1)).toEqual(split(100, 1));
  expect(split(100, 1)).not.toEqual(split(100, 2));
});

test('rejects too few images for both parts', () => {
  expect(() => split(1, 42)).toThrow(
    new InklingError('cannot split 1 images into training and validation: expected at least 2'),
  );
  expect(split(2, 42).validation.length).toBe(1);
});

test('matches PyTorch’s complete split', ({ skip }) => {
  const record = golden(0) ?? skip('no record of PyTorch’s run: INKLING_GOLDEN_DIR is not set');
  const { train, validation } = split(60_000, 42);
  expect(digest(train)).toBe(record.split.train_sha256_u32le);
  expect(digest(validation)).toBe(record.split.validation_sha256_u32le);
});

describe('a stratified split', () => {
  test('takes a tenth of each class, and at least one image of a class with two or more', () => {
    const counts = [100, 30, 5, 2, 1];
    const labels = Uint8Array.from(counts.flatMap((count, label) => new Array<number>(count).fill(label)));
    const { train, validation } = stratifiedSplit(labels, counts.length, 42);
    const perClass = (part: Uint32Array) =>
      counts.map((_, label) => part.filter((image) => labels[image] === label).length);
    expect(perClass(validation)).toEqual([10, 3, 1, 1, 0]);
    expect(perClass(train)).toEqual([90, 27, 4, 1, 1]);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    expect(stratifiedSplit(labels, counts.length, 42).validation).toEqual(validation);
    expect(stratifiedSplit(labels, counts.length, 43).validation).not.toEqual(validation);
  });

  const datasetOf = (labels: number[], splitMethod?: Dataset['splitMethod']): Dataset => ({
    name: 'x',
    source: { kind: 'generated', location: 'x', verified: false, sha256: {} },
    shape: [1, 1, 1],
    classes: ['a', 'b'],
    train: { images: new Uint8Array(labels.length), labels: Uint8Array.from(labels) },
    test: { images: new Uint8Array(), labels: new Uint8Array() },
    ...(splitMethod && { splitMethod }),
  });

  test('is the default only where a random one would leave out a class', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i % 2);
    expect(splitMethodOf(datasetOf(many), 42)).toBe('random');
    expect(splitOf(datasetOf(many), 42)).toEqual(split(1000, 42));
    expect(splitMethodOf(datasetOf([0, 0, 1, 1]), 42)).toBe('stratified');
    expect(splitMethodOf(datasetOf(many, 'stratified'), 42)).toBe('stratified');
    expect(splitMethodOf(datasetOf([0, 0, 1, 1], 'random'), 42)).toBe('random');
  });

  test('gives way to the one that a run recorded', () => {
    const labels = Array.from({ length: 1000 }, (_, i) => i % 2);
    expect(splitOf(datasetOf(labels, 'stratified'), 42, 'random')).toEqual(split(1000, 42));
  });
});

describe('a fold', () => {
  const datasetOf = (counts: number[], changes: Partial<Dataset> = {}): Dataset => {
    const labels = counts.flatMap((count, label) => new Array<number>(count).fill(label));
    return {
      name: 'x',
      source: { kind: 'generated', location: 'x', verified: false, sha256: {} },
      shape: [1, 1, 1],
      classes: counts.map((_, label) => 'abcdefgh'[label]),
      train: { images: new Uint8Array(labels.length), labels: Uint8Array.from(labels) },
      test: { images: new Uint8Array(), labels: new Uint8Array() },
      ...changes,
    };
  };
  const foldsOf = (dataset: Dataset, folds: number, seed = 42) =>
    Array.from({ length: folds }, (_, index) => foldSplit(dataset, { folds, fold: index + 1, seed }));
  const countsOf = ({ train, classes }: Dataset, part: Uint32Array) =>
    classes.map((_, label) => part.filter((image) => train.labels[image] === label).length);

  test('has as many images of each class as scikit-learn’s StratifiedKFold', () => {
    const dataset = datasetOf([7, 5, 11]);
    // Result of scikit-learn 1.9.
    expect(foldsOf(dataset, 3).map(({ validation }) => countsOf(dataset, validation))).toEqual([
      [3, 1, 4],
      [2, 2, 4],
      [2, 2, 3],
    ]);
  });

  test.each<[number[], number]>([
    [[100, 30, 5], 5],
    [[9, 8, 7, 6, 5, 4], 4],
    [[3, 50], 2],
    [[23, 17], 17],
  ])(
    'validates each image of %j once in %d folds, which differ by one image of a class at most',
    (counts, folds) => {
      const dataset = datasetOf(counts);
      const splits = foldsOf(dataset, folds);
      const images = [...dataset.train.labels.keys()];
      expect(splits.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual(images);
      for (const { train, validation } of splits) {
        expect([...train, ...validation].sort((a, b) => a - b)).toEqual(images);
      }
      const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
      const perFold = splits.map(({ validation }) => countsOf(dataset, validation));
      expect(spread(splits.map(({ validation }) => validation.length))).toBeLessThanOrEqual(1);
      for (const label of counts.keys())
        expect(spread(perFold.map((fold) => fold[label]))).toBeLessThanOrEqual(1);
    },
  );

  test('depends only on the seed', () => {
    const dataset = datasetOf([50, 50]);
    expect(foldsOf(dataset, 5)).toEqual(foldsOf(dataset, 5));
    expect(foldsOf(dataset, 5, 43)).not.toEqual(foldsOf(dataset, 5));
  });

  test('needs images of each class, and that the data set does not define the validation', () => {
    expect(() => foldsOf(datasetOf([9, 3, 4]), 5)).toThrow(
      new InklingError(
        'x: the class "b" has 3 training images, expected at least one for each of 5 folds; add images, or decrease the option folds',
      ),
    );
    expect(() => foldsOf(datasetOf([9, 9], { validationCount: 6 }), 3)).toThrow(
      new InklingError(
        'x: defines its 6 validation images, which folds would replace; make them training images, or leave out the option folds',
      ),
    );
  });
});
