import { expect, test } from 'vitest';
import { describeAudit } from '#inkling/cli/terminal/audit/audit.js';
import type { DatasetAudit } from '#inkling/data/audit/auditDataset.js';

const none = { counts: [], otherClass: 0, examples: [] };
const clean: DatasetAudit = {
  train: { images: 4, perClass: [2, 2] },
  test: { images: 2, perClass: [1, 1] },
  imbalance: 1,
  duplicates: none,
  blank: { images: 0, examples: [] },
};

function describe(changes: Partial<DatasetAudit>, perClass: readonly number[] = [2, 2]): string[] {
  const images = perClass.reduce((sum, count) => sum + count);
  const imbalance = Math.max(...perClass) / Math.min(...perClass);
  const audit = { ...clean, train: { images, perClass }, imbalance, ...changes };
  return describeAudit(audit, ['oak', 'maple']);
}

test('says so if nothing was found', () => {
  const lines = describe({ nearDuplicates: none, blurred: clean.blank });
  expect(lines).toEqual([
    'balance     all classes have the same number of training images',
    'duplicates  none',
    'similar     none',
    'blank       none',
    'blurred     none',
  ]);
});

test.each([
  [[15, 10], 'the largest class has 1.5 times as many training images as the smallest'],
  [[90, 1200], 'warning: imbalanced, maple has 1,200 training images, 13.3 times as many as oak with 90'],
  [[0, 3], 'no training images of oak'],
  [[0, 0], 'no training images'],
])('describes the balance of %j', (perClass, text) => {
  expect(describe({}, perClass)[0]).toBe(`balance     ${text}`);
});

test('counts and names near duplicates, and images to check', () => {
  const image = (part: 'train' | 'test', name: string) => ({ part, name, label: 0 });
  const lines = describe({
    nearDuplicates: {
      counts: [
        { part: 'train', of: 'train', images: 2 },
        { part: 'test', of: 'train', images: 1000 },
      ],
      otherClass: 1,
      examples: [{ image: image('test', 'oak/3.jpg'), of: image('train', 'oak/1.jpg') }],
    },
    blank: { images: 1, examples: [image('train', 'oak/2.jpg')] },
    blurred: { images: 7, examples: [image('train', 'oak/4.jpg'), image('test', 'oak/5.jpg')] },
  });
  expect(lines.slice(2)).toEqual([
    'similar     2 within train, 1,000 in test that resemble one in train; 1 image with a different class',
    '            test oak/3.jpg ≈ train oak/1.jpg',
    'blank       check 1 image: train oak/2.jpg',
    'blurred     check 7 images: train oak/4.jpg, test oak/5.jpg, …',
  ]);
});

test('lists at most five unreadable files', () => {
  const unreadable = ['1', '2', '3', '4', '5', '6', '7'].map((file) => ({ file, problem: 'is empty' }));
  expect(describe({ unreadable }).slice(-2)).toEqual([
    'unreadable  5: is empty',
    'unreadable  and 2 more files',
  ]);
});
