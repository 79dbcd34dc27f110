import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { parseTable } from '#inkling/data/table/parseTable.js';
import { load } from '../imageFolder/samples.js';
import { temporaryFolder } from '../tinySet.js';
import { loadedSet } from '../loaded.js';

const parse = (text: string) => parseTable(new TextEncoder().encode(text), 'train.csv');

/** Pixels and labels. */
function contents(text: string) {
  const { pixels, labels, shape } = parse(text);
  return { pixels: [...pixels], labels, shape };
}

const HEADER = 'label,pixel0,pixel1,pixel2,pixel3';
const EXPECTED = { pixels: [0, 10, 20, 255, 9, 8, 7, 6], labels: ['7', '0'], shape: [2, 2, 1] };

describe('reads the same images from', () => {
  test.each([
    ['the layout of Kaggle', `${HEADER}\n7,0,10,20,255\n0,9,8,7,6\n`],
    ['numbers of rows and columns', 'label,1x1,1x2,2x1,2x2\n7,0,10,20,255\n0,9,8,7,6\n'],
    ['pixels counted from 1', 'label,pixel1,pixel2,pixel3,pixel4\n7,0,10,20,255\n0,9,8,7,6\n'],
    ['no header', '7,0,10,20,255\n0,9,8,7,6\n'],
    ['columns numbered by pandas', '0,1,2,3,4\n7,0,10,20,255\n0,9,8,7,6\n'],
    ['a label in the last column', 'pixel0,pixel1,pixel2,pixel3,Class\n0,10,20,255,7\n9,8,7,6,0\n'],
    ['the row numbers of pandas', `,${HEADER}\n0,7,0,10,20,255\n1,0,9,8,7,6\n`],
    ['quotes', '"label","p1","p2","p3","p4"\n"7","0","10","20","255"\n"0","9","8","7","6"\n'],
    ['semicolons', `${HEADER.replaceAll(',', ';')}\n7;0;10;20;255\n0;9;8;7;6\n`],
    ['tabs', `${HEADER.replaceAll(',', '\t')}\n7\t0\t10\t20\t255\n0\t9\t8\t7\t6\n`],
    ['spaces and exponents, as NumPy writes them', '7e0 0 1e+01 20 2.55e+02\n0 9 8 7 6\n'],
    [
      'a byte order mark and the line ends of Windows',
      `\uFEFF${HEADER}\r\n7,0,10,20,255\r\n0,9,8,7,6\r\n\r\n`,
    ],
    ['the line ends of old Macs', `${HEADER}\r7,0,10,20,255\r0,9,8,7,6`],
    ['floats', `${HEADER}\n7.0,0.0,10.0,20.0,255.0\n0.0,9.0,8.0,7.0,6.0\n`],
  ])('%s', (_what, text) => {
    expect(contents(text)).toEqual(EXPECTED);
  });

  test('UTF-16', () => {
    const text = `\uFEFF${HEADER}\n7,0,10,20,255\n0,9,8,7,6\n`;
    const bytes = Uint8Array.from(Buffer.from(text, 'utf16le'));
    expect([...parseTable(bytes, 'train.csv').pixels]).toEqual(EXPECTED.pixels);
  });

  test('values from 0 to 1, also with decimal commas', () => {
    const expected = { pixels: [0, 51, 255, 102], labels: ['3'], shape: [2, 2, 1] };
    expect(contents(`${HEADER}\n3,0,0.2,1,0.4\n`)).toEqual(expected);
    expect(contents(`${HEADER.replaceAll(',', ';')}\n3;0;0,2;1;0,4\n`)).toEqual(expected);
    expect(contents(`${HEADER}\n3,0,"0,2",1,"0,4"\n`)).toEqual(expected);
  });
});

test('restores the order of columns that were sorted as text', () => {
  const names = Array.from({ length: 16 }, (_, i) => `pixel${i}`).sort();
  const row = names.map((name) => name.slice('pixel'.length));
  expect(contents(`label,${names.join(',')}\n1,${row.join(',')}\n`).pixels).toEqual([...Array(16).keys()]);
});

test('reads text labels with separators and quotes', () => {
  expect(parse('class,p0\n"cat, black",100\n"the ""dog""",3\nmouse,0\n').labels).toEqual([
    'cat, black',
    'the "dog"',
    'mouse',
  ]);
});

test('detects an unnamed label column, the first or last one, by its values', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [0, (i * 7) % 256, (i * 11) % 256, 0]);
  const labels = rows.map((_, i) => String(Math.floor(i / 20)));
  const first = rows.map((row, i) => [labels[i], ...row].join(',')).join('\n');
  const last = rows.map((row, i) => [...row, labels[i]].join(',')).join('\n');
  const words = rows.map((row, i) => [...row, i < 20 ? 'cat' : 'dog'].join(',')).join('\n');
  expect(parse(first).labels).toEqual(labels);
  expect(parse(last).labels).toEqual(labels);
  expect(parse(words).labels?.at(-1)).toBe('dog');
});

test('reads color images with interleaved channels, and tables without labels', () => {
  const names = Array.from({ length: 12 }, (_, i) => `pixel${i}`);
  const { shape, labels } = parse(`${names.join(',')}\n${names.map((_, i) => i * 9).join(',')}\n`);
  expect(shape).toEqual([2, 2, 3]);
  expect(labels).toBeUndefined();
});

test('describes in one line how the table was read', () => {
  expect(parse(`id;${HEADER.replaceAll(',', ';')}\n1;7;0;0.5;0;1\n`).interpretation).toBe(
    'read as a table of 1 row, with a header, separated by semicolons; labels from column "label"; 4 pixel columns as 2×2 grayscale; values from 0 to 1; ignored columns: "id"',
  );
  expect(parse('0,10,20,255\n').interpretation).toBe(
    'read as a table of 1 row, without a header, separated by commas; no labels; 4 pixel columns as 2×2 grayscale',
  );
});

const NOT_SQUARE =
  'expected a square number, such as 784 for images of 28×28, or three times one for color images; check for missing columns, or name the columns label, pixel0, pixel1, …';

test.each([
  ['', 'is empty; expected one row per image'],
  ['label,pixel0,pixel1\n', `has 2 pixel columns, ${NOT_SQUARE}`],
  ['label\n1\n', `has 0 pixel columns, ${NOT_SQUARE}`],
  [
    'label,pixel0,pixel1,pixel2,pixel4\n',
    'the column after "pixel2" is "pixel4", expected the next pixel; check for missing columns',
  ],
  [`${HEADER}\n`, 'has no rows after its header; expected one row per image'],
  ['1,0,0,0,0\n1\n', 'row 2 has 1 columns, expected 5 as in the first row'],
  [`${HEADER}\n1,0,0,0,0\n1,0,0,0\n`, 'row 2 has 4 columns, expected 5 as in the header'],
  [`${HEADER}\n1,0,0,0,0,0\n`, 'row 1 has 6 columns, expected 5 as in the header'],
  [`${HEADER}\n1,0,256,0,0\n`, 'row 1, pixel1: expected a number from 0 to 255, got "256"'],
  [`${HEADER}\n1,0,-1,0,0\n`, 'row 1, pixel1: expected a number from 0 to 255, got "-1"'],
  [`${HEADER}\n1,0,,0,0\n`, 'row 1, pixel1: expected a number from 0 to 255, got ""'],
  [`${HEADER}\n,0,0,0,0\n`, 'row 1, label: expected a label, got nothing; add it or remove the row'],
  [`${HEADER}\n1,0,0,0,x\r\n`, 'row 1, pixel3: expected a number from 0 to 255, got "x"'],
])('rejects %j', (text, problem) => {
  expect(() => parse(text)).toThrow(new InklingError(`train.csv: ${problem}`));
});

test('loads a table as a data set, and holds out a test set', async () => {
  const file = join(temporaryFolder(), 'digits.csv');
  const rows = Array.from({ length: 20 }, (_, row) => `${row % 2 === 0 ? 0 : 2},${row},1,2,3`);
  writeFileSync(file, [HEADER, ...rows, ''].join('\n'));
  const { name, shape, classes, source, train, test: testSet } = await load(file);
  expect({ name, shape, classes }).toEqual({ name: 'digits', shape: [2, 2, 1], classes: ['0', '2'] });
  expect(source.notes?.at(0)).toBe('no test set: held out 20 % of each class, 4 images, chosen with seed 0');
  expect([train.labels.length, testSet.labels.length]).toEqual([16, 4]);
  for (const set of [train, testSet]) {
    for (const [image, label] of set.labels.entries()) {
      expect(label).toBe(loadedSet(set).images[4 * image] % 2 === 0 ? 0 : 1);
    }
  }
  const all = await load(file, { use: 'evaluation' });
  expect([all.train.labels.length, all.test.labels.length]).toEqual([0, 20]);
  const packed = `${file}.gz`;
  writeFileSync(packed, gzipSync([HEADER, ...rows].join('\n')));
  expect((await load(packed)).name).toBe('digits');
});

test('rejects a data set without labels or with only one class', async () => {
  const file = join(temporaryFolder(), 'digits.csv');
  writeFileSync(file, 'pixel0\n1\n');
  await expect(load(file)).rejects.toThrow(
    `${file}: expected labels to train or evaluate on, such as a column "label", got only pixels; use inkling predict to classify its images`,
  );
  writeFileSync(file, 'label,pixel0\n1,0\n1,3\n');
  await expect(load(file)).rejects.toThrow(`${file}: every label is 1, expected at least two classes`);
});

describe('a table with all pixels in one column', () => {
  test.each([
    ['emotion,pixels,Usage\n3,0 10 20 255,Training\n5,9 8 7 6,PrivateTest\n4,1 2 3 4,PublicTest\n'],
    ['emotion, Usage, pixels\r\n3,Training,0 10 20 255\r\n5,PrivateTest,9 8 7 6\r\n4,PublicTest,1 2 3 4\r\n'],
    [
      '"emotion","pixels","Usage"\n"3","[0, 10, 20, 255]","Training"\n5,"9 8 7 6","PrivateTest"\n4,"1 2 3 4",PublicTest',
    ],
  ])('is read as images, in the parts of its last column: %j', (text) => {
    const { pixels, labels, parts, shape } = parse(text);
    expect({ pixels: [...pixels], labels, parts, shape }).toEqual({
      pixels: [0, 10, 20, 255, 9, 8, 7, 6, 1, 2, 3, 4],
      labels: ['3', '5', '4'],
      parts: ['train', 'test', 'validation'],
      shape: [2, 2, 1],
    });
  });

  test('describes how it was read', () => {
    expect(parse('emotion,pixels,Usage\n3,0 0.5 0 1,Training\n').interpretation).toBe(
      'read as a table of 1 row; pixels from column "pixels" as 2×2 grayscale; labels from column "emotion"; parts from column "Usage"; values from 0 to 1',
    );
  });

  test.each([
    [
      'a,b,pixels\n1,2,1 2 3 4\n',
      'expected a column "label", got "a", "b"; name the column with the labels so',
    ],
    ['label,pixels\n1,1 2 3 4\n2,1 2 3 4 5 6 7 8 9\n', 'row 2: has 9 pixels, expected 4 as in the first row'],
    ['label,pixels\n1,1 2 3 4 5\n', 'row 1: has 5 pixels, expected a square number'],
    ['label,pixels\n1,1 2 3 400\n', 'row 1: contains the pixel 400, expected numbers from 0 to 255'],
    ['label,pixels\n1,1 2 3 4\n2\n', 'row 2 has 1 columns, expected 2 as in the header'],
  ])('rejects %j', (text, problem) => {
    expect(() => parse(text)).toThrow(`train.csv: ${problem}`);
  });
});

test('names the row of an unknown part, and the known ones', async () => {
  const file = join(temporaryFolder(), 'fer.csv');
  const rows = Array.from({ length: 1000 }, (_, row) => `${row % 2},${row % 256} 1 2 3,Training`);
  writeFileSync(file, ['emotion,pixels,Usage', ...rows, '1,4 1 2 3,tset', ''].join('\n'));
  await expect(load(file)).rejects.toThrow(
    `${file}: row 1001, Usage: unknown part of the data set "tset" (did you mean "test"?); expected train, validation or test`,
  );
});

test('loads the parts that a column of the table names', async () => {
  const rows = Array.from({ length: 30 }, (_, row) => {
    const usage = ['Training', 'PublicTest', 'PrivateTest'][Math.floor(row / 10)];
    return [`${row % 2},${row} 1 2 3,${usage}`, `${row % 2},${row},1,2,3,${usage}`];
  });
  for (const [column, header] of ['emotion,pixels,Usage', `${HEADER},split`].entries()) {
    const file = join(temporaryFolder(), 'fer.csv');
    writeFileSync(file, [header, ...rows.map((row) => row[column]), ''].join('\n'));
    const { train, validationCount, test: tested } = await load(file);
    expect([train.labels.length, validationCount, tested.labels.length]).toEqual([20, 10, 10]);
    expect([loadedSet(train).images[0], loadedSet(train).images[40], loadedSet(tested).images[0]]).toEqual([
      0, 10, 20,
    ]);
  }
});
