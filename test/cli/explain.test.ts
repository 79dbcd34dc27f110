import { decode } from 'fast-png';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { formatPercent } from '#inkling/core/format.js';
import { conv2d, flatten, globalAvgPool2d, linear, relu } from '#inkling/layers/index.js';
import { saveClassifier } from '#inkling/predict/load.js';
import { temporaryFolder } from '../data/tinySet.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { encodePng } from '../helpers/encodeImage.js';
import { sharedFolder } from '../helpers/run.js';
import { inkling } from './capture.js';

const SIDE = 32;
const GAP = 8;
/** Photos are drawn in three times the resolution of the model's input, and these pixels are repeated until the image is large enough. */
const SCALE = 3 * 2;

const folder = sharedFolder();
const model = join(folder, 'red-or-blue.safetensors');
const photo = join(folder, 'photo.png');

/** Red on the left, blue on the right. */
function redAndBlue() {
  const data = new Uint8Array(4 * SIDE * SIDE).fill(255);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const isLeft = pixel % SIDE < SIDE / 2;
    data.set(isLeft ? [255, 0, 0] : [0, 0, 200], 4 * pixel);
  }
  return { width: SIDE, height: SIDE, data };
}

beforeAll(async () => {
  writeFileSync(photo, await encodePng(redAndBlue()));
  saveClassifier(
    {
      model: {
        name: 'red-or-blue',
        input: [SIDE, SIDE, 3],
        layers: [
          conv2d({ name: 'conv', outChannels: 2, kernel: 1, bias: false }),
          relu({ name: 'relu' }),
          globalAvgPool2d({ name: 'pool' }),
          flatten({ name: 'flatten' }),
          linear({ name: 'fc', outFeatures: 2 }),
        ],
      },
      weights: new Map([
        ['conv.weight', Float32Array.of(1, 0, 0, 0, 0, 1)],
        ['fc.weight', Float32Array.of(9, 0, 0, 9)],
        ['fc.bias', Float32Array.of(0, 0)],
      ]),
      classes: ['red', 'blue'],
      dataset: 'colors',
      inputKind: 'photo',
      batches: 0,
    },
    model,
  );
});

/** The probability of the predicted class, red, as `inkling predict` prints it. */
async function confidence(): Promise<number> {
  const { stdout } = await inkling(['predict', model, photo, '--json']);
  const { predictions } = JSON.parse(stdout) as { predictions: readonly { confidence: number }[] };
  return predictions[0].confidence;
}

/** The color of a pixel of the model's input in one of the two images of a file. */
function colorAt(file: string, image: 'input' | 'saliency', y: number, x: number): number[] {
  const { width, data } = decode(readFileSync(file));
  const left = image === 'input' ? 0 : SCALE * SIDE + GAP;
  const start = 3 * ((y * SCALE + 3) * width + left + x * SCALE + 3);
  return [...data.slice(start, start + 3)];
}

test('writes a photo with its heat map beside it, by LayerCAM for the predicted class', async () => {
  const out = join(temporaryFolder(), 'a', 'b');
  const { code, stdout, stderr } = await inkling(['explain', model, photo, '--out', out]);
  const file = join(out, 'photo-explained.png');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const percent = formatPercent(await confidence());
  expect(stdout).toBe(`${photo}: red (${percent}), by LayerCAM at relu: ${file}\n`);
  expect(decode(readFileSync(file))).toMatchObject({
    width: 2 * SCALE * SIDE + GAP,
    height: SCALE * SIDE,
    channels: 3,
  });
  expect(colorAt(file, 'input', 5, 4)).toEqual([255, 0, 0]);
  expect(colorAt(file, 'input', 5, 30)).toEqual([0, 0, 200]);
  // 60 % yellow or violet, and 40 % of the brightness of red or blue.
  expect(colorAt(file, 'saliency', 5, 4)).toEqual([253, 231, 37].map((part) => Math.round(0.6 * part + 34)));
  expect(colorAt(file, 'saliency', 5, 30)).toEqual(
    [68, 1, 84].map((part) => Math.round(0.6 * part + (0.4 * 200) / 3)),
  );
});

test('draws a photo with details that the model does not see', async () => {
  const data = Uint8Array.from({ length: 4 * 220 * 220 }, (_, i) =>
    i % 4 === 3 ? 255 : (i >> 2) % 4 < 2 ? 60 : 190,
  );
  const [folder, out] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(folder, 'stripes.png'), await encodePng({ width: 220, height: 220, data }));
  expect(await inkling(['explain', model, folder, '--out', out])).toMatchObject({ code: 0 });
  const { data: drawn } = decode(readFileSync(join(out, 'stripes-explained.png')));
  // Two of six pixels of the file are one of the photo, so that stripes are within a pixel of the input.
  const reds = [30, 32, 34, 36].map((x) => drawn[3 * x]);
  expect(Math.max(...reds) - Math.min(...reds)).toBeGreaterThan(60);
});

test('explains the class, by the method and at the layer that are named', async () => {
  const out = temporaryFolder();
  const words = ['--method', 'grad-cam', '--layer', 'conv', '--class', 'blue'];
  const { code, stdout } = await inkling(['explain', model, photo, ...words, '--out', out, '--json']);
  expect(code).toBe(0);
  const image = join(out, 'photo-explained.png');
  expect(JSON.parse(stdout)).toEqual({
    model: 'red-or-blue',
    explanations: [
      {
        file: photo,
        class: 'blue',
        confidence: expect.closeTo(1 - (await confidence()), 6) as number,
        method: 'grad-cam',
        layer: 'conv',
        image,
      },
    ],
  });
  const [red, green] = colorAt(image, 'saliency', 5, 30);
  expect(Math.min(red, green)).toBeGreaterThan(150);
});

test('explains a digit by occlusion, and continues after a bad file', async () => {
  const [images, out] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(images, '1.txt'), 'no image');
  writeFileSync(join(images, '7.png'), await encodePng(drawDigit(7, { name: 'plain' }, 7)));
  const { code, stdout, stderr } = await inkling(['explain', images, '--out', out]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/1\.txt: .*a text file[^]*inkling: 1 of 2 files could not be explained\n$/);
  expect(stdout).toMatch(/7\.png: 7 \(\d+\.\d\d %\), by Occlusion: .*7-explained\.png\n$/);
  const { data } = decode(readFileSync(join(out, '7-explained.png')));
  const colors = new Set(
    Array.from({ length: data.length / 3 }, (_, i) => data.slice(3 * i, 3 * i + 3).join()),
  );
  // Gray pixels for the input, blue ones for what counts for the class.
  expect(colors.size).toBeGreaterThan(100);
});

test('images of the same name are told apart by their folders, in which nothing is written', async () => {
  const [photos, out] = [temporaryFolder(), temporaryFolder()];
  const png = await encodePng(redAndBlue());
  for (const file of ['oak/1.png', 'oak/2.png', 'oak/2.PNG', 'old/ash/1.png', 'new/ash/1.png']) {
    mkdirSync(join(photos, dirname(file)), { recursive: true });
    writeFileSync(join(photos, file), png);
  }
  expect(await inkling(['explain', model, photos, '--out', out])).toMatchObject({ code: 0 });
  expect(readdirSync(out).sort()).toEqual([
    '2-explained-2.png',
    '2-explained.png',
    'new-ash-1-explained.png',
    'oak-1-explained.png',
    'old-ash-1-explained.png',
  ]);
  expect(readdirSync(join(photos, 'oak')).sort()).toEqual(['1.png', '2.PNG', '2.png']);
});

test.each([
  [['--class', 'green'], 'unknown class "green"; expected red or blue'],
  [['--layer', 'fc'], 'layer "fc": expected one that outputs an image of at least 2×2 pixels'],
  [['--method', 'cam'], '--method: '],
  [['--method', 'occlusion', '--layer', 'conv'], 'layer: expected none for occlusion, got "conv"'],
])('%j is an error before anything is written', async (words, message) => {
  const out = temporaryFolder();
  const { code, stdout, stderr } = await inkling(['explain', model, photo, ...words, '--out', out]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(readdirSync(out)).toEqual([]);
});
