import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import { assignGroups } from '#inkling/data/groups/assignGroups.js';
import { groupedFoldSplit, groupedSplit } from '#inkling/data/groups/groupedSplit.js';
import { groupsOf } from '#inkling/data/groups/groupsOf.js';
import { loadDataset } from '#inkling/data/load.js';
import { temporaryFolder } from '../tinySet.js';

const range = (count: number) => [...Array(count).keys()];

/** Numbers of images by group and class. */
const MIXED = range(14).map((g) =>
  range(3).map((c) => ((g * 7 + c * 5 + g * c * 3) % 6) + Number(c === g % 3)),
);
const SINGLE = range(15).map((g) => range(2).map((c) => (c === g % 2 ? ((g * 5) % 7) + 1 : 0)));
const EQUAL = range(9).map(() => [1, 1, 1, 1]);

// scikit-learn 1.9.1, StratifiedGroupKFold without shuffling.
test.each([
  ['of several classes', MIXED, 2, [0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1]],
  ['of several classes', MIXED, 3, [0, 1, 1, 2, 1, 2, 0, 1, 0, 1, 0, 0, 2, 2]],
  ['of several classes', MIXED, 5, [0, 1, 1, 2, 4, 3, 4, 3, 0, 1, 2, 0, 2, 4]],
  ['of one class each', SINGLE, 2, [1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0]],
  ['of one class each', SINGLE, 3, [0, 2, 1, 1, 0, 0, 2, 1, 2, 0, 0, 1, 1, 2, 2]],
  ['of one class each', SINGLE, 5, [2, 2, 2, 0, 0, 4, 1, 3, 3, 3, 1, 1, 4, 0, 4]],
  ['that are alike', EQUAL, 2, [0, 1, 0, 1, 0, 1, 0, 1, 0]],
  ['that are alike', EQUAL, 5, [0, 1, 2, 3, 4, 0, 1, 2, 3]],
])(
  'groups %s are assigned to the folds that scikit-learn assigns them to',
  (_what, counts, folds, expected) => {
    expect(assignGroups(counts, folds)).toEqual(expected);
  },
);

/** A data set with images of these groups and classes. */
function datasetOf(counts: readonly (readonly number[])[], changes: Partial<Dataset> = {}): Dataset {
  const images = counts.flatMap((row, group) =>
    row.flatMap((count, label) => range(count).map(() => ({ group: `patient ${group}`, label }))),
  );
  const labels = Uint8Array.from(images, ({ label }) => label);
  return {
    name: 'scans',
    source: { kind: 'files', location: '/data/scans.csv', verified: false, sha256: {} },
    shape: [1, 1, 1],
    classes: counts[0].map((_, label) => `class ${label}`),
    train: { images: new Uint8Array(labels.length), labels },
    test: { images: new Uint8Array(), labels: new Uint8Array() },
    columns: { patient: images.map(({ group }) => group), site: images.map(() => 'here') },
    ...changes,
  };
}

const scans = datasetOf(MIXED);
const fold = (number: number, changes: Partial<Dataset> = {}, folds = 4) =>
  groupedFoldSplit({ ...scans, ...changes }, { folds, fold: number, seed: 3, group: 'patient' });

describe('folds of groups', () => {
  test('each validate on all images once, and share no group', () => {
    const groups = groupsOf(scans, 'patient');
    const count = scans.train.labels.length;
    const splits = range(4).map((index) => fold(index + 1));
    expect(splits.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual(range(count));
    for (const { train, validation } of splits) {
      expect(train.length + validation.length).toBe(count);
      const seen = new Set(Array.from(train, (image) => groups[image]));
      expect(Array.from(validation).filter((image) => seen.has(groups[image]))).toEqual([]);
      expect(new Set(Array.from(validation, (image) => scans.train.labels[image])).size).toBe(3);
      // Whole groups of up to 15 of 129 images.
      expect(Math.abs(validation.length - count / 4)).toBeLessThan(8);
    }
    expect(fold(1)).toEqual(fold(1));
    expect(groupedFoldSplit(scans, { folds: 4, fold: 1, seed: 4, group: 'patient' })).not.toEqual(fold(1));
  });

  test('are rejected if the groups do not permit them', () => {
    expect(() => fold(1, {}, 15)).toThrow(
      '/data/scans.csv: the option group: has 14 groups, expected at least one for each of 15 folds; decrease the option folds, or add images of other groups',
    );
    const rare = datasetOf([...SINGLE, [0, 0]].map((row, group) => [...row, Number(group < 2)]));
    expect(() => groupedFoldSplit(rare, { folds: 3, fold: 1, seed: 0, group: 'patient' })).toThrow(
      /fold [123] of 3 would have no images of the class "class 2", whose images are in 2 groups; decrease the option folds, or add/,
    );
    expect(() => fold(1, { validationCount: 9 })).toThrow(
      'defines its 9 validation images, which the option group would replace; make them training images, or leave out the option group',
    );
  });
});

test('a validation part of whole groups has about a tenth of the images, and all classes', () => {
  const many = datasetOf(range(40).map((g) => MIXED[g % 14]));
  const groups = groupsOf(many, 'patient');
  const { train, validation } = groupedSplit(many, { seed: 1, group: 'patient' });
  const seen = new Set(Array.from(train, (image) => groups[image]));
  expect(Array.from(validation).some((image) => seen.has(groups[image]))).toBe(false);
  expect(validation.length / (train.length + validation.length)).toBeCloseTo(0.1, 1);
  // A group with a third of the images is never the validation part.
  const uneven = datasetOf([[200, 100], ...range(19).map(() => [20, 10])]);
  for (const seed of [0, 1, 2]) {
    const { validation: images } = groupedSplit(uneven, { seed, group: 'patient' });
    expect(images.length / uneven.train.labels.length).toBeCloseTo(0.1, 1);
  }
  // A class in three groups: three folds, although ten would be smaller.
  const rare = datasetOf(SINGLE.map((row, group) => [...row, Number(group < 3)]));
  const part = groupedSplit(rare, { seed: 1, group: 'patient' });
  for (const indices of [part.train, part.validation]) {
    expect(new Set(Array.from(indices, (image) => rare.train.labels[image])).size).toBe(3);
  }
  expect(() => groupedSplit(scans, { seed: 1, group: 'site' })).toThrow(
    '/data/scans.csv: the option group: the 1 group cannot be divided into training and validation images that both have all classes; add images of other groups, or leave out the option group',
  );
});

describe('the groups of images', () => {
  test('are those of a column, which must exist and be filled in', () => {
    expect(() => groupsOf(scans, 'patent')).toThrow(
      '/data/scans.csv: the option group: got "patent"; expected "patient" or "site"',
    );
    const { patient } = scans.columns ?? {};
    const gap = { ...scans, columns: { patient: patient.map((name, image) => (image === 5 ? '' : name)) } };
    expect(() => groupsOf(gap, 'patient')).toThrow(
      'training image 5 has no value in column "patient"; fill it in, or remove the image',
    );
    expect(() => groupsOf({ ...scans, columns: { patient: ['a'] } }, 'patient')).toThrow(
      `expected a group for each of ${patient.length} training images in "patient", got 1`,
    );
    expect(() => groupsOf({ ...scans, columns: undefined }, 'folder')).toThrow(
      'this data set has no groups: expected image files in folders below those of their classes, or a .csv table with a header',
    );
  });

  test.each(['part,', ''])('are read from a table, without its test images (%s)', async (part) => {
    const rows = range(40).map(
      (image) =>
        `p${image % 8},${image % 2},${part === '' ? '' : image < 30 ? 'train,' : 'test,'}${image},0,0,9`,
    );
    const file = join(temporaryFolder(), 'scans.csv');
    writeFileSync(file, `patient,label,${part}pixel0,pixel1,pixel2,pixel3\n${rows.join('\n')}\n`);
    const dataset = await loadDataset({ name: file });
    const { columns, train } = dataset;
    // The first pixel is the number of the row.
    const pixels = range(train.labels.length).map((image) => (train.images as Uint8Array)[4 * image]);
    expect(columns).toEqual({ patient: pixels.map((row) => `p${row % 8}`) });
    expect(train.labels.length).toBe(part === '' ? 32 : 30);
  });

  test('are folders below those of the classes, whatever their class', () => {
    const size = { width: 1, height: 1 };
    const sizes = { distinct: 1, smallest: size, median: size, largest: size };
    const withFiles = (...train: string[]): Dataset => ({
      ...scans,
      classes: ['a', 'b'],
      train: { images: new Uint8Array(3), labels: Uint8Array.of(0, 0, 1) },
      columns: undefined,
      imageFiles: { files: { train, test: [] }, sizes, unreadable: [] },
    });
    const nested = withFiles('train/a/p1/x.png', 'train/a/p2/deep/y.png', 'train/b/p1/z.png');
    expect(groupsOf(nested, 'folder')).toEqual(['p1', 'p2', 'p1']);
    expect(() => groupsOf(withFiles('a/p1/x.png', 'a/y.png', 'b/p1/z.png'), 'folder')).toThrow(
      '/data/scans.csv: the option group: expected a/y.png in a folder below that of its class, "a", got none; move the images of each group into a folder',
    );
    expect(() => groupsOf(nested, 'patient')).toThrow('the option group: got "patient"; expected folder');
  });
});
