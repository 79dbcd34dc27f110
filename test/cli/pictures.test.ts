import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { readTrainedModel } from '#inkling/train/runs.js';
import { pictures, writeBelow } from '../data/pictures/samples.js';
import { temporaryFolder } from '../data/tinySet.js';
import { inkling } from './capture.js';

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
});

/** Reddish and bluish pictures, in classes with names that need care. */
async function colours(): Promise<string> {
  const folder = join(temporaryFolder(), 'colours');
  writeBelow(folder, {
    ...(await pictures('red, "warm"', 20, [200, 40, 10])),
    ...(await pictures('bleu ✓', 20, [20, 40, 180])),
  });
  return folder;
}

test('a folder of pictures is trained on, scored and predicted', async () => {
  const [folder, runs] = [await colours(), temporaryFolder()];
  const train = await inkling(
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
  expect(train.stderr).toBe('');
  const run = join(runs, 'mlp-colours-1');
  const { saved } = readTrainedModel(run);
  expect(saved).toMatchObject({ classes: ['bleu ✓', 'red, "warm"'], pictureFit: 'whole' });

  const picture = join(folder, 'red, "warm"', '3.png');
  const predict = await inkling(['predict', run, picture, '--json']);
  expect(JSON.parse(predict.stdout)).toMatchObject({ pictures: [{ class: 'red, "warm"' }] });

  const evaluate = await inkling(['evaluate', run, '--json']);
  expect(JSON.parse(evaluate.stdout)).toMatchObject({ total: 8, accuracy: 1 });

  // Pictures of another size and of one class of two are as good.
  const other = join(temporaryFolder(), 'others');
  writeBelow(other, {
    ...(await pictures('train/red, "warm"', 2, [190, 30, 10])),
    ...(await pictures('train/bleu ✓', 2, [10, 30, 190])),
    ...(await pictures('test/bleu ✓', 3, [10, 30, 190])),
  });
  const elsewhere = await inkling(['evaluate', run, '--dataset', other, '--json']);
  expect(JSON.parse(elsewhere.stdout)).toMatchObject({ dataset: 'others', total: 3, accuracy: 1 });
});

test('pictures that cannot be read stop training, unless they are to be left out', async () => {
  const folder = await colours();
  writeBelow(folder, { 'bleu ✓/broken.png': 'no picture' });
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
    stdout: `reading 40 pictures in ${folder}\n`,
    stderr:
      `inkling: ${folder}: 1 file gives no picture: bleu ✓/broken.png (not a picture; expected a PNG, JPEG, WebP, GIF or SVG file); ` +
      'repair or remove them, or leave them out with --skip-unreadable\n',
  });
  const { code, stdout } = await inkling([...argv, '--skip-unreadable']);
  expect(code).toBe(0);
  expect(stdout).toContain('note      left out: 1 file gives no picture: bleu ✓/broken.png');
});

test('a set of pictures is described', async () => {
  const folder = await colours();
  const { stdout } = await inkling(['data', folder, '--image-size', '8']);
  expect(stdout).toContain('shape     8×8×3 (height×width×channels)');
  expect(stdout).toContain('classes   2: bleu ✓, red, "warm"');
  expect(stdout).toContain('note      it has no test part: 20 % of each class, 8 images');
});
