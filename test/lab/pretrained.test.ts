import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { imageOfPixels } from '#inkling/images/preprocess.js';
import {
  batchNorm2d,
  conv2d,
  encodeCheckpoint,
  fit,
  flatten,
  globalAvgPool2d,
  type Layer,
  linear,
  type Model,
  relu,
  resolveModel,
  type SavedModel,
} from '#inkling/index.js';
import { initialWeights } from '#inkling/models/weights.js';
import { addExamples, emptyCollection } from '../../src/lab/data/collection.js';
import { datasetOf } from '../../src/lab/data/datasetOf.js';
import { pretrainedNetwork, resolveNetwork } from '../../src/lab/network/network.js';
import { decodePretrained } from '../../src/lab/network/pretrained/pretrained.js';
import { trainedPartOf, withPretrained } from '../../src/lab/network/pretrained/trainedPart.js';
import { fitOptionsOf, keptBest } from '../../src/lab/training/fitOptions.js';
import { defaultSettings } from '../../src/lab/training/settings.js';
import { inkling } from '../cli/capture.js';
import type { Page } from 'playwright-core';
import { findBrowser, violationsOf } from '../helpers/browser.js';
import { encodePng } from '../helpers/encodeImage.js';
import { savedIndex, savedModel, serveLab, train } from './servedLab.js';

const executablePath = findBrowser();
/** A camera that shows a test image, which the browser allows without asking. */
const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const SIZE = 128;
const EPOCHS = 5;

const CONVOLUTIONS = [
  conv2d({ outChannels: 8, kernel: 3, stride: 4 }),
  batchNorm2d(),
  relu(),
  globalAvgPool2d(),
  flatten(),
] as const;

/** The file of a network with initial weights. */
function fileOf(layers: readonly Layer[], input: Model['input'], name = 'tiny-photos', seed = 3) {
  const model: Model = { name, input, layers };
  const resolved = resolveModel(model);
  const weights = initialWeights(resolved, new Random(seed));
  const classes = Array.from({ length: resolved.classes }, (_, i) => `class ${i}`);
  return encodeCheckpoint({ model, weights, classes, dataset: 'photos', batches: 1 });
}

const tinyLayers = [...CONVOLUTIONS, linear({ outFeatures: 4 })];
const tinyFile = fileOf(tinyLayers, [32, 32, 3]);
const otherFile = fileOf(tinyLayers, [32, 32, 3], 'other-photos', 4);

/** Ten photos of each color, which differ in brightness. */
const photos = ['red', 'blue'].map((name, channel) => ({
  name,
  images: Array.from({ length: 10 }, (_, i) =>
    Uint8Array.from({ length: SIZE * SIZE * 3 }, (__, at) => (at % 3 === 2 * channel ? 250 - 8 * i : 10 * i)),
  ),
}));

/** What the lab trains on these photos. */
function taskOf(file: Uint8Array<ArrayBuffer>, epochs: number) {
  const dataset = datasetOf(addExamples(emptyCollection('largePhoto', []), photos));
  if (dataset === undefined) throw new Error('expected a data set');
  const pretrained = decodePretrained(file);
  const { model } = resolveNetwork(pretrainedNetwork(pretrained), { input: dataset.shape, classes: 2 });
  if (model === undefined) throw new Error('expected a model');
  return { model, dataset, pretrained, settings: { ...defaultSettings(10, true), epochs } };
}

/** What the lab keeps of this training. */
async function trainedOn(file: Uint8Array<ArrayBuffer>, epochs: number): Promise<SavedModel> {
  const task = taskOf(file, epochs);
  const { best } = await fit(fitOptionsOf(task));
  if (best === undefined) throw new Error('expected a model');
  return keptBest(best, task.pretrained);
}

test.each([
  ['an image', [...CONVOLUTIONS, linear({ outFeatures: 4 })]],
  ['a list', [...CONVOLUTIONS, linear({ outFeatures: 6 }), relu(), linear({ outFeatures: 4 })]],
])(
  'what is trained of a network after %s is kept without the rest, and put together again',
  async (_, layers) => {
    const file = fileOf(layers, [32, 32, 3]);
    const { model, pretrained } = taskOf(file, 1);
    const best = await trainedOn(file, 1);
    const part = trainedPartOf(best);
    const head = resolveModel(model).layers.at(-1)?.name ?? '';
    expect([...part.weights.keys()]).toEqual([`${head}.weight`, `${head}.bias`]);
    expect(encodeCheckpoint(part).length).toBeLessThan(encodeCheckpoint(best).length);
    const joined = withPretrained(part, model, pretrained);
    expect(joined).toEqual(best);
    const fixed = [...pretrained.saved.weights].filter(([name]) => !name.startsWith(`${head}.`));
    for (const [name, values] of fixed) expect(joined.weights.get(name)).toBe(values);
  },
);

const ADVICE = 'choose a backbone, such as efficientnet-lite0, or a run on photos';

describe.each([
  [
    'for gray images',
    fileOf(tinyLayers, [28, 28, 1]),
    'expected a network for photos, whose input has 3 channels, got tiny-photos for images of 28×28×1',
  ],
  [
    'for images of one size',
    fileOf([flatten(), linear({ outFeatures: 4 })], [32, 32, 3]),
    'expected a network for photos of any size, got tiny-photos, whose layers only take images of 32×32×3',
  ],
  [
    'without a linear layer',
    fileOf(CONVOLUTIONS, [32, 32, 3]),
    'expected a network that ends with a linear layer, got tiny-photos',
  ],
])('a network %s', (_, file, problem) => {
  test('is not opened as a pretrained one for photos', () => {
    expect(() => decodePretrained(file)).toThrow(/does not fit photos of 128/);
  });

  test('is refused by the command', async () => {
    const path = join(tmpdir(), `inkling-refused-${process.pid}.safetensors`);
    writeFileSync(path, file);
    expect(await inkling(['lab', '--port', '0', '--pretrained', path])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`--pretrained: ${problem}; ${ADVICE}`) as string,
    });
  });
});

test('a file that is no network is not opened', () => {
  expect(() => decodePretrained(Uint8Array.of(1, 2, 3))).toThrow(/^the file: /);
});

test('a pretrained network only takes large photos', () => {
  const network = pretrainedNetwork(decodePretrained(tinyFile));
  expect(resolveNetwork(network, { input: [32, 32, 3], classes: 2 })).toMatchObject({
    model: undefined,
    rows: [],
  });
});

describe.skipIf(executablePath === undefined)('a pretrained network in the lab (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    const path = join(tmpdir(), `inkling-photos-${process.pid}.safetensors`);
    writeFileSync(path, tinyFile);
    lab = await serveLab(executablePath ?? '', CAMERA, ['--pretrained', path]);
  });

  test('learns from photos, is kept, predicts, and is saved: as in Node.js, bit for bit', async () => {
    const page = await lab.open('data');
    await page.getByLabel('large photos').check();
    const files: Record<string, Uint8Array> = {};
    for (const { name, images } of photos)
      for (const [i, image] of images.entries())
        files[`${name}/${i}.png`] = await encodePng(imageOfPixels(image, [SIZE, SIZE, 3]));
    const archive = { name: 'photos.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(files)) };
    await page.locator('.files input').first().setInputFiles([archive]);
    await page.getByLabel('blue, example 10').waitFor();
    await page.getByRole('link', { name: 'Next: Network' }).click();
    // A network that is chosen while another one is loaded stays.
    const release = await holdDownloads(page);
    await page.getByLabel('Start from').selectOption('Pretrained network');
    await page.getByText('Loading the pretrained network').waitFor();
    await page.getByLabel('Start from').selectOption('lenet5');
    await release();
    await page.getByText('Loading the pretrained network').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Start from').inputValue()).toBe('lenet5');
    await page.getByLabel('Start from').selectOption('Pretrained network');
    await page.getByText('5 layers, which others have trained; they stay as they are').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    // What is undone takes its weights with it.
    const other = { name: 'other.safetensors', mimeType: '', buffer: Buffer.from(otherFile) };
    await page.getByLabel('Open a pretrained network').setInputFiles([other]);
    await page.getByText('other-photos').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('tiny-photos').waitFor();
    await page.getByRole('link', { name: 'Next: Training' }).click();
    await train(page, EPOCHS);
    await page.locator('.samples li').first().waitFor();
    await page.getByText('Histograms of gradients').click();
    await page.getByText(/^They are not shown for a pretrained network/).waitFor();
    await savedIndex(page, ({ runs }) => runs.at(-1)?.best !== undefined);
    await page.reload();
    await page.getByText('Finished').waitFor();
    expect(await page.getByText('have changed').count()).toBe(0);
    await page.getByRole('link', { name: 'Next: Try' }).click();
    await failingCamera(page);
    await page.getByRole('button', { name: 'Turn on the camera' }).click();
    await page.getByRole('button', { name: 'Take a picture' }).click();
    await page.locator('.probabilities .predicted').waitFor();
    await page.getByRole('button', { name: 'Turn off the camera' }).click();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.probabilities .predicted').waitFor({ state: 'detached' });
    const photo = { name: 'blue.png', mimeType: 'image/png', buffer: Buffer.from(files['blue/3.png']) };
    await page.getByLabel('Open an image').setInputFiles([photo]);
    await page.locator('.probabilities .predicted').waitFor();
    expect(await page.locator('.probabilities .predicted .class').textContent()).toBe('blue');
    await page.locator('.walk').waitFor();
    const saved = await savedModel(page, 'tiny-photos-my-examples.safetensors');
    await page.close();
    const expected = await trainedOn(tinyFile, EPOCHS);
    expect([...saved.weights].sort()).toEqual([...expected.weights].sort());
    expect(saved.inputKind).toBe('photo');
    expect(lab.problems).toEqual([]);
  });
});

/** Holds the downloads of a page until the function that it returns is called. */
async function holdDownloads(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const load = globalThis.fetch;
    const released = new Promise((resolve) => {
      addEventListener('release', resolve);
    });
    globalThis.fetch = async (...request) => {
      await released;
      return load(...request);
    };
  });
  return () =>
    page.evaluate(() => {
      dispatchEvent(new Event('release'));
    });
}

/** Turns on cameras that fail, and one whose picture cannot be read, in the view “Try”. Afterwards, the camera works. */
async function failingCamera(page: Page): Promise<void> {
  const turnOn = page.getByRole('button', { name: 'Turn on the camera' });
  const alert = (message: string) => page.getByRole('alert').filter({ hasText: message });
  for (const [error, message] of [
    ['NotFoundError', 'There is no camera. Connect one, and try again.'],
    ['NotAllowedError', 'The camera is not allowed. Allow it in the settings of the browser'],
    ['NotReadableError', 'The camera does not start. Close other programs that use it, and try again.'],
  ]) {
    await page.evaluate((name) => {
      const { mediaDevices } = navigator;
      mediaDevices.getUserMedia = () => {
        Reflect.deleteProperty(mediaDevices, 'getUserMedia');
        return Promise.reject(new DOMException('', name));
      };
    }, error);
    await turnOn.click();
    await alert(message).waitFor();
  }
  await turnOn.click();
  await page.locator('button:not(:disabled)', { hasText: 'Take a picture' }).waitFor();
  await page.evaluate(() => {
    const create = globalThis.createImageBitmap;
    globalThis.createImageBitmap = () => {
      globalThis.createImageBitmap = create;
      return Promise.reject(new DOMException('no frame', 'InvalidStateError'));
    };
  });
  await page.getByRole('button', { name: 'Take a picture' }).click();
  await alert('The camera cannot be used: no frame').waitFor();
}
