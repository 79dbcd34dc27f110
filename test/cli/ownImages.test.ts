import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { type Rgb, pngFiles, plainPng, writeFileTree } from '../data/imageFolder/samples.js';
import { temporaryFolder } from '../data/tinySet.js';
import { encodePng } from '../helpers/encodeImage.js';
import { pattern } from '../images/resize/pattern.js';
import { inkling, inklingWithNotices } from './capture.js';

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
});

/** Reddish and bluish images, in classes whose names contain special characters. */
async function colors(): Promise<string> {
  const folder = join(temporaryFolder(), 'colors');
  writeFileTree(folder, {
    ...(await pngFiles('red, "warm"', 20, [200, 40, 10])),
    ...(await pngFiles('bleu ✓', 20, [20, 40, 180])),
  });
  return folder;
}

test('trains on, evaluates, and classifies a folder of images', async () => {
  const [folder, runs] = [await colors(), temporaryFolder()];
  const train = await inklingWithNotices(
    [
      'train',
      '--dataset',
      folder,
      '--model',
      'mlp',
      '--epochs',
      '20',
      '--batch-size',
      '4',
      '--run-dir',
      runs,
    ].concat(['--json']),
  );
  const notice =
    'inkling: the confidences and doubts are unreliable: there are 4 validation images, expected 50 or more; train with more images\n';
  expect(train.stderr).toBe(notice);
  const run = join(runs, 'mlp-colors-1');
  const { saved } = readTrainedModel(run);
  expect(saved).toMatchObject({ classes: ['bleu ✓', 'red, "warm"'], inputKind: 'image' });

  const image = join(folder, 'red, "warm"', '3.png');
  const predict = await inklingWithNotices(['predict', run, image, '--json']);
  expect(JSON.parse(predict.stdout)).toMatchObject({ predictions: [{ class: 'red, "warm"' }] });
  expect(predict.stderr).toBe(notice);

  const evaluate = await inklingWithNotices(['evaluate', run, '--json']);
  expect(JSON.parse(evaluate.stdout)).toMatchObject({ total: 8, accuracy: 1 });
  expect(evaluate.stderr).toBe(notice);

  // Images of another size, with test images of only one class, can be evaluated too.
  const other = join(temporaryFolder(), 'others');
  writeFileTree(other, {
    ...(await pngFiles('train/red, "warm"', 2, [190, 30, 10])),
    ...(await pngFiles('train/bleu ✓', 2, [10, 30, 190])),
    ...(await pngFiles('test/bleu ✓', 3, [10, 30, 190])),
  });
  const elsewhere = await inkling(['evaluate', run, '--dataset', other, '--json']);
  expect(JSON.parse(elsewhere.stdout)).toMatchObject({ dataset: 'others', total: 3, accuracy: 1 });
});

test('trains on photos, and evaluates them as they were prepared in training', async () => {
  const [folder, runs] = [temporaryFolder(), temporaryFolder()];
  for (let i = 0; i < 5; i++) {
    writeFileTree(folder, {
      [`wide/${i}.png`]: await encodePng(pattern(20 + i, 12)),
      [`high/${i}.png`]: await encodePng(pattern(12, 20 + i)),
    });
  }
  const data = ['--dataset', folder, '--input', 'photo', '--image-size', '8'];
  const train = await inkling(
    ['train', ...data, '--model', 'mlp', '--epochs', '1'].concat(['--run-dir', runs, '--name', 'photos']),
  );
  expect(train.stdout).toContain('\ninput       photos, resized and cropped like those of ImageNet\n');
  const run = join(runs, 'photos-1');
  expect(readTrainedModel(run).saved.inputKind).toBe('photo');
  // Evaluation rejects other images than those of the training.
  const evaluate = await inkling(['evaluate', run, '--json']);
  expect(evaluate.stderr).toBe('');
  expect(JSON.parse(evaluate.stdout)).toMatchObject({ total: 2 });
  const tune = ['train', '--dataset', folder, '--init-from', run, '--run-dir', runs, '--name', 'tuned'];
  expect((await inkling([...tune, '--epochs', '1'])).code).toBe(0);
  expect(readTrainedModel(join(runs, 'tuned-1')).saved.inputKind).toBe('photo');
  // Resuming rejects other images, too.
  const resume = await inkling(['train', '--resume', join(runs, 'tuned-1'), '--epochs', '2']);
  expect(resume).toMatchObject({ code: 0, stderr: '' });
  const describe = await inkling(['data', folder, '--input', 'photo', '--json']);
  expect(JSON.parse(describe.stdout)).toMatchObject({ input: 'photo', shape: [12, 12, 3] });
});

test('undecodable images stop training, unless they are skipped', async () => {
  const folder = await colors();
  writeFileTree(folder, { 'bleu ✓/broken.png': 'no image' });
  const argv = [
    'train',
    '--dataset',
    folder,
    '--model',
    'mlp',
    '--epochs',
    '1',
    '--run-dir',
    temporaryFolder(),
  ];
  expect(await inkling(argv)).toEqual({
    code: 1,
    stdout: `decoding 40 images in ${folder}\n`,
    stderr:
      `inkling: ${folder}: 1 file cannot be decoded: bleu ✓/broken.png (the file is a text file, expected a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image); ` +
      'repair or remove the files, or skip them with --skip-unreadable\n',
  });
  const { code, stdout } = await inkling([...argv, '--skip-unreadable']);
  expect(code).toBe(0);
  expect(stdout).toContain('note        skipped: 1 file cannot be decoded: bleu ✓/broken.png');
});

test('describes a folder of images, with undecodable files and duplicates', async () => {
  const folder = await colors();
  writeFileTree(folder, {
    'bleu ✓/broken.png': 'no image',
    'bleu ✓/a copy.png': await plainPng([200, 40, 10]),
    'bleu ✓/large.png': await plainPng([20, 40, 99], 20, 10),
  });
  const { stdout } = await inkling(['data', folder, '--image-size', '8']);
  expect(stdout).toContain('sizes       2 different file sizes from 4×4 to 20×10, median 4×4 (width×height)');
  expect(stdout).toContain(
    'balance     the largest class has 1.1 times as many training images as the smallest',
  );
  expect(stdout).toMatch(/^duplicates {2}1 (within|in) \w+.*; 1 image with a different class$/m);
  expect(stdout).toMatch(
    /(bleu ✓\/a copy.png = \w+ red, "warm"\/0.png)|(red, "warm"\/0.png = \w+ bleu ✓\/a copy.png)/,
  );
  expect(stdout).toContain('unreadable  bleu ✓/broken.png: the file is a text file, expected');
  expect(stdout).toContain('shape       8×8×3 (height×width×channels)');
  expect(stdout).toContain('classes     2: bleu ✓, red, "warm"');
  expect(stdout).toContain('note        no test set: held out 20 % of each class, 8 images');
});

test('fine-tunes, resumes, exports, and compares a model with images of another size', async () => {
  const runs = temporaryFolder();
  const train = (...flags: string[]) =>
    inkling(['train', '--epochs', '1', '--batch-size', '4', '--run-dir', runs, '--quiet', ...flags]);
  await train('--dataset', await colors(), '--model', 'mlp', '--name', 'base');

  const large = join(temporaryFolder(), 'large');
  const file = (color: Rgb, blue: number) => plainPng([color[0], color[1], blue], 9, 7);
  for (let at = 0; at < 12; at++) {
    writeFileTree(large, {
      [`lime/${at}.png`]: await file([90, 200, 0], at),
      [`plum/${at}.png`]: await file([90, 0, 0], 90 + at),
    });
  }
  writeFileTree(large, { 'plum/broken.png': 'no image' });
  const start = ['--init-from', 'base-1', '--freeze', 'hidden', '--skip-unreadable', '--dataset', large];
  expect(await train(...start)).toMatchObject({ code: 0, stderr: '' });
  const { saved } = readTrainedModel(join(runs, 'mlp-large-1'));
  expect(saved).toMatchObject({ classes: ['lime', 'plum'], model: { input: [4, 4, 3] } });

  expect(await train('--resume', 'mlp-large-1', '--epochs', '2')).toMatchObject({ code: 0, stderr: '' });
  const { stdout } = await inkling(['export', 'mlp-large-1', '--run-dir', runs, '--quiet']);
  expect(stdout).toContain('checked with onnxruntime-web on the test images of large: 0 of ');
  const compared = await inkling(['compare', 'mlp-large-1', 'mlp-large-1', '--run-dir', runs, '--quiet']);
  expect(compared).toMatchObject({ code: 0, stderr: '' });
});

describe('a table of pixels', () => {
  const HEADER = ['label', ...Array.from({ length: 16 }, (_, at) => `pixel${at}`)];

  /** Images of 4×4: dark ones of class 3, bright ones of class 8. */
  function table(rows: number, { labels }: { labels: boolean }): string {
    const lines = Array.from({ length: rows }, (_, row) => {
      const isBright = row % 2 === 1;
      return [isBright ? 8 : 3, ...Array.from({ length: 16 }, (_, at) => (isBright ? 200 : 20) + at)];
    });
    return [HEADER, ...lines].map((line) => `${line.slice(labels ? 0 : 1).join(',')}\n`).join('');
  }

  async function trainedOnTable(): Promise<{ folder: string; run: string }> {
    const folder = temporaryFolder();
    writeFileTree(folder, {
      'train.csv': table(60, { labels: true }),
      'test.csv': table(5, { labels: false }),
    });
    const argv = ['train', '--dataset', join(folder, 'train.csv'), '--model', 'mlp', '--epochs', '5'];
    const { code, stderr } = await inkling([...argv, '--batch-size', '4', '--run-dir', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return { folder, run: join(folder, 'mlp-train-1') };
  }

  test('is trained on and classified in Kaggle’s format', async () => {
    const { folder, run } = await trainedOnTable();
    const csv = join(folder, 'answers.csv');
    const test = join(folder, 'test.csv');
    expect(await inkling(['predict', run, test, '--csv', csv])).toEqual({
      code: 0,
      stdout: `wrote 5 predictions for ${test} to ${csv}, 5 of them doubtful\n`,
      stderr: `inkling: ${test}: read as a table of 5 rows, with a header, separated by commas; no labels; 16 pixel columns as 4×4 grayscale\n`,
    });
    expect(readFileSync(csv, 'utf8')).toBe('ImageId,Label\n1,3\n2,8\n3,3\n4,8\n5,3\n');
    const lines = await inkling(['predict', run, test]);
    // Its images have a single brightness each.
    const doubt = 'doubtful: the image is empty: its pixels are nearly equal';
    expect(lines.stdout).toBe(
      [3, 8, 3, 8, 3].map((label, at) => `${test} ${at + 1}: ${label}; ${doubt}\n`).join(''),
    );
  });

  test('is rejected together with other images, and by a model with another input shape', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'test.csv');
    writeFileTree(folder, { 'test.csv': table(2, { labels: false }) });
    expect(await inkling(['predict', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: `inkling: ${file}: contains images of 4×4×1, but report-cnn expects 28×28×1; use a model trained on images of that size\n`,
    });
    expect(await inkling(['predict', file, 'x.png'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `inkling: predict: expected the table "${file}" alone, got 2 paths; classify other images in a separate command\n`,
    });
  });
});
