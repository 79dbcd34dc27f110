import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { idx, temporaryFolder, writeFiles } from '../data/tinySet.js';
import { beside, drawDigit } from '../helpers/drawnDigits.js';
import { encodeGif, encodeJpeg, encodePng } from '../helpers/encodeImage.js';
import { CONTROL_CHARACTER, inkling } from './capture.js';

let folder: string;
let seven: string;
beforeEach(async () => {
  folder = temporaryFolder();
  seven = join(folder, 'digit-7.png');
  writeFileSync(seven, await encodePng(drawDigit(7, { name: 'plain' }, 7)));
  writeFileSync(join(folder, 'digit-10.JPG'), await encodeJpeg(drawDigit(3, { name: 'plain' }, 3)));
  writeFileSync(join(folder, 'notes.txt'), 'seven');
});

/** Training and test images of 2×3, in three classes. */
const threeOfEach = {
  'train-images-idx3-ubyte': idx(
    [9, 2, 3],
    Array.from({ length: 54 }, (_, i) => i),
  ),
  'train-labels-idx1-ubyte': idx([9], [0, 1, 2, 0, 1, 2, 0, 1, 2]),
  't10k-images-idx3-ubyte': idx(
    [3, 2, 3],
    Array.from({ length: 18 }, (_, i) => i),
  ),
  't10k-labels-idx1-ubyte': idx([3], [0, 1, 2]),
};

interface Read {
  readonly model: string;
  readonly predictions: readonly Record<string, unknown>[];
}

function parse(text: string): Read {
  return JSON.parse(text) as Read;
}

test('classifies an image with the bundled pretrained model', async () => {
  const { code, stdout, stderr } = await inkling(['predict', seven]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/digit-7\.png: 7 \(\d+\.\d\d %\), then \d \(\d+\.\d\d %\)\n$/);
});

test('classifies folders and glob patterns, sorted by name and number', async () => {
  const expected = [
    { file: seven, class: '7' },
    { file: join(folder, 'digit-10.JPG'), class: '3' },
  ];
  writeFileSync(join(folder, 'Thumbs.db'), '');
  const { code, stdout, stderr } = await inkling(['predict', `${folder}/`, '--json']);
  // Every file is listed, whether it is an image or not.
  const error = { file: join(folder, 'notes.txt'), error: expect.stringContaining('a text file') as string };
  expect(parse(stdout)).toMatchObject({ model: 'report-cnn', predictions: [...expected, error] });
  expect(code).toBe(1);
  expect(stderr).toContain(`inkling: ignored 1 system file, such as ${join(folder, 'Thumbs.db')}\n`);
  const globbed = parse((await inkling(['predict', join(folder, '*.{png,jpg}'), '--json'])).stdout);
  expect(globbed.predictions).toMatchObject(expected);
});

test('notes that only the first frame of an animation was used', async () => {
  const animation = join(folder, 'animation.gif');
  writeFileSync(animation, encodeGif(drawDigit(7, { name: 'plain' }, 7)));
  const note = 'animated: only the first frame is used';
  expect(await inkling(['predict', animation])).toMatchObject({
    code: 0,
    stderr: `inkling: ${animation}: ${note}\n`,
  });
  expect(parse((await inkling(['predict', animation, '--json'])).stdout).predictions).toMatchObject([
    { note, class: '7' },
  ]);
});

test('lists as many classes as --top asks for', async () => {
  const { stdout } = await inkling(['predict', seven, '--json', '--top', '10']);
  const [{ top, ...best }] = parse(stdout).predictions;
  const ranks = top as { class: string; confidence: number }[];
  expect(ranks).toHaveLength(10);
  expect(best).toMatchObject({ file: seven, ...ranks[0] });
  expect(best.doubtful).toBe((best.reasons as unknown[]).length > 0);
  expect(ranks.map(({ confidence }) => confidence)).toEqual(
    ranks.map(({ confidence }) => confidence).sort((a, b) => b - a),
  );
  expect(ranks.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 5);
});

test('continues after files that cannot be read, and fails at the end', async () => {
  const [empty, csv] = [join(temporaryFolder(), 'a, "b"\u001b[2J.svg'), join(folder, 'read.csv')];
  writeFileSync(empty, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>');
  const text = join(folder, 'notes.txt');
  const { code, stdout, stderr } = await inkling(['predict', 'none.png', text, empty, seven, '--csv', csv]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^.*digit-7\.png: 7 .*\n$/);
  expect(stderr.split('\n')).toEqual([
    'inkling: none.png: no such file or folder; check the path',
    `inkling: ${text}: the file is a text file, expected a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image`,
    `inkling: ${empty.replace('\u001b', String.raw`\x1b`)}: no ink found; expected a dark drawing on light paper, or a light one on dark`,
    'inkling: 3 of 4 files could not be read',
    '',
  ]);
  expect(stderr).not.toMatch(CONTROL_CHARACTER);
  const [header, ...rows] = readFileSync(csv, 'utf8').trimEnd().split('\n');
  expect(header).toBe('file,error,class,confidence,class 2,confidence 2,doubtful,reasons');
  expect(rows[0]).toBe('none.png,no such file or folder; check the path,,,,,,');
  expect(rows[2].startsWith(`"${empty.replaceAll('"', '""')}","no ink found; `)).toBe(true);
  expect(rows[3]).toMatch(/digit-7\.png,,7,[\d.e-]+,\d,[\d.e-]+,false,$/);
});

test('--show prints the model’s input', async () => {
  const bar = join(folder, 'bar.svg');
  writeFileSync(
    bar,
    '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="90"><path d="M20 20h8v60h-8z"/></svg>',
  );
  const { stdout } = await inkling(['predict', bar, '--show']);
  const lines = stdout.split('\n').slice(0, 28);
  expect(lines.filter((line) => /[=+*#%@]{4}/.test(line))).toHaveLength(20);
  expect(lines.filter((line) => line.includes('@@@@')).length).toBeGreaterThanOrEqual(18);
});

test('--number reads a number', async () => {
  const digits = [3, 1, 7].map((digit, i) => drawDigit(digit, { name: 'plain' }, i));
  const file = join(folder, 'number.webp');
  writeFileSync(file, await encodePng(beside(digits)));
  const { stdout } = await inkling(['predict', file, '--number', '--json']);
  expect(parse(stdout).predictions).toMatchObject([
    { file, number: '317', digits: [{ class: '3' }, { class: '1' }, { class: '7' }] },
  ]);
  expect((await inkling(['predict', file, '--number'])).stdout).toMatch(
    /number\.webp: 317 \(\d+\.\d\d %\)\n$/,
  );
});

test('uses the given run', async () => {
  const [data, runs] = [join(folder, 'tiny'), join(folder, 'runs')];
  writeFiles(data, threeOfEach);
  await inkling(['train', '--model', 'mlp', '--dataset', data, '--epochs', '1', '--run-dir', runs]);
  const { stdout } = await inkling(['predict', 'mlp-tiny-1', seven, '--run-dir', runs, '--json']);
  expect(parse(stdout)).toMatchObject({ model: 'mlp', predictions: [{ file: seven }] });
  expect(await inkling(['predict', 'mlp-tiny-1', '--run-dir', runs])).toMatchObject({
    code: 2,
    stderr:
      'inkling: predict: expected images besides the model "mlp-tiny-1", got none; add a file, folder, or pattern\n',
  });
});

test('a checkpoint file alone is calibrated like its run', async () => {
  const file = join(PRETRAINED_RUN, 'checkpoints', 'best.safetensors');
  const [prediction] = parse((await inkling(['predict', file, seven, '--json'])).stdout).predictions;
  expect(prediction).toMatchObject({ file: seven, class: '7' });
  const [ofRun] = parse((await inkling(['predict', seven, '--json'])).stdout).predictions;
  expect(prediction).toEqual(ofRun);
});

test('distinguishes a misspelled run from a missing image', async () => {
  expect(await inkling(['predict', 'mlp-mnst-1', seven])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'inkling: unknown run or image "mlp-mnst-1"; "inkling runs" lists the runs in a folder, here runs\n',
  });
});

test('reports a folder without files', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const { code, stderr } = await inkling(['predict', empty]);
  expect(code).toBe(1);
  expect(stderr).toContain(`inkling: ${empty}: contains no files; check the path\n`);
});
