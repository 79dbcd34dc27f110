import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { parseCsvImages } from '#inkling/data/csv/parseCsv.js';
import { load } from '../imageFolder/samples.js';
import { temporaryFolder } from '../tinySet.js';

const parse = (text: string) => parseCsvImages(new TextEncoder().encode(text), 'train.csv');

const HEADER = 'label,pixel0,pixel1,pixel2,pixel3';

test('parses labels and pixels', () => {
  const { pixels, side, labels } = parse(`${HEADER}\n7,0,1,2,255\n0,9,8,7,6\n`);
  expect(side).toBe(2);
  expect([...(labels ?? [])]).toEqual([7, 0]);
  expect([...pixels]).toEqual([0, 1, 2, 255, 9, 8, 7, 6]);
});

test('parses a table without labels, and the line endings of all systems', () => {
  const { pixels, labels } = parse('\uFEFF"pixel0"\r\n1\r\n\r\n22\r\n');
  expect(labels).toBeUndefined();
  expect([...pixels]).toEqual([1, 22]);
  expect([...parse('pixel0\n3').pixels]).toEqual([3]);
});

test.each([
  [
    '',
    'column 1 is "", expected "label" or "pixel0"; the columns must be label (optional), pixel0, pixel1, … in this order',
  ],
  [
    'id,label,pixel0\n',
    'column 1 is "id", expected "label" or "pixel0"; the columns must be label (optional), pixel0, pixel1, … in this order',
  ],
  [
    'label,pixel0,pixel2\n',
    'column 3 is "pixel2", expected "pixel1"; the columns must be label (optional), pixel0, pixel1, … in this order',
  ],
  [
    `${HEADER},source\n`,
    'column 6 is "source", expected "pixel4"; the columns must be label (optional), pixel0, pixel1, … in this order',
  ],
  [
    'label,pixel0,pixel1,pixel2\n',
    'has 3 pixel columns, expected a square number, such as 784 for images of 28×28; check for missing columns',
  ],
  [
    'label\n1\n',
    'has 0 pixel columns, expected a square number, such as 784 for images of 28×28; check for missing columns',
  ],
  [`${HEADER}\n`, 'has no rows after its header; expected one row per image'],
  [`${HEADER}\n1,0,0,0,0\n1,0,0,0\n`, 'row 2 has 4 columns, expected 5 as in the header'],
  [`${HEADER}\n1,0,0,0,0,0\n`, 'row 1 has 6 columns, expected 5 as in the header'],
  [`${HEADER}\n1,0,256,0,0\n`, 'row 1, pixel1: expected a whole number from 0 to 255, got "256"'],
  [`${HEADER}\n1,0,-1,0,0\n`, 'row 1, pixel1: expected a whole number from 0 to 255, got "-1"'],
  [`${HEADER}\n1,0,0.5,0,0\n`, 'row 1, pixel1: expected a whole number from 0 to 255, got "0.5"'],
  [`${HEADER}\n1,0,,0,0\n`, 'row 1, pixel1: expected a whole number from 0 to 255, got ""'],
  [`${HEADER}\ncat,0,0,0,0\n`, 'row 1, label: expected a whole number from 0 to 255, got "cat"'],
  [`${HEADER}\n1,0,0,0,x\r\n`, 'row 1, pixel3: expected a whole number from 0 to 255, got "x"'],
  [
    `${HEADER}\n1,0,0,0,99999999999999999999\n`,
    'row 1, pixel3: expected a whole number from 0 to 255, got "99999999999999999999"',
  ],
])('rejects %j', (text, problem) => {
  expect(() => parse(text)).toThrow(new InklingError(`train.csv: ${problem}`));
});

test('loads as a data set, of which a test set is held out', async () => {
  const file = join(temporaryFolder(), 'digits.csv');
  const rows = Array.from({ length: 20 }, (_, row) => `${row % 2 === 0 ? 0 : 2},${row},1,2,3`);
  writeFileSync(file, [HEADER, ...rows, ''].join('\n'));
  const { name, shape, classes, source, train, test: testSet } = await load(file);
  expect({ name, shape, classes }).toEqual({ name: 'digits', shape: [2, 2, 1], classes: ['0', '1', '2'] });
  expect(source.notes).toEqual(['no test set: held out 20 % of each class, 4 images, chosen with seed 0']);
  expect([train.labels.length, testSet.labels.length]).toEqual([16, 4]);
  for (const set of [train, testSet]) {
    for (const [image, label] of set.labels.entries()) {
      expect(label).toBe(set.images[4 * image] % 2 === 0 ? 0 : 2);
    }
  }
  writeFileSync(file, 'pixel0\n1\n');
  await expect(load(file)).rejects.toThrow(
    new InklingError(
      `${file}: expected a column "label" to train or evaluate on, got only pixels; use inkling predict to classify its images`,
    ),
  );
  writeFileSync(file, 'label,pixel0\n1,0\n1,3\n');
  await expect(load(file)).rejects.toThrow(
    new InklingError(`${file}: every label is 1, expected at least two classes`),
  );
});
