import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { imageOfPixels } from '#inkling/images/preprocess.js';
import { resizePhoto } from '#inkling/images/resize/resizePhoto.js';
import { conv2d, flatten, globalAvgPool2d, linear, relu } from '#inkling/layers/index.js';
import { saveClassifier } from '#inkling/predict/load.js';
import { findBrowser } from '../../helpers/browser.js';
import { encodePng } from '../../helpers/encodeImage.js';
import { sharedFolder } from '../../helpers/run.js';
import { pattern } from '../../images/resize/pattern.js';
import { servePage, type ServedPage } from '../servedPage.js';

const browser = findBrowser();
const [HEIGHT, WIDTH] = [16, 24];

/** Classifies by the means of red and blue. */
const redOrBlue = {
  model: {
    name: 'red-or-blue',
    input: [HEIGHT, WIDTH, 3] as const,
    layers: [
      globalAvgPool2d({ name: 'pool' }),
      flatten({ name: 'flatten' }),
      linear({ name: 'fc', outFeatures: 2 }),
    ],
  },
  weights: new Map([
    ['fc.weight', Float32Array.of(9, 0, 0, 0, 0, 9)],
    ['fc.bias', Float32Array.of(0, 0)],
  ]),
  classes: ['a red thing', 'sky'],
  dataset: 'colors',
  batches: 0,
};

/** The same by where photos are red or blue. */
const redOrBluePhotos = {
  ...redOrBlue,
  model: {
    ...redOrBlue.model,
    layers: [
      conv2d({ name: 'conv', outChannels: 2, kernel: 1, bias: false }),
      relu({ name: 'relu' }),
      ...redOrBlue.model.layers,
    ],
  },
  weights: new Map([
    ['conv.weight', Float32Array.of(1, 0, 0, 0, 0, 1)],
    ['fc.weight', Float32Array.of(9, 0, 0, 9)],
    ['fc.bias', Float32Array.of(0, 0)],
  ]),
  inputKind: 'photo' as const,
  calibration: {
    temperature: 1,
    threshold: 0,
    logSumExpThreshold: -100,
    coverage: 1,
    precision: 1,
    images: 6,
  },
};

/** An image file, twice as high as wide, in one color with a stripe in the middle, by default a green one. */
async function stripedImage(page: Page, color: string, stripe = '#0f0'): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ([fill, middle]) => {
      const canvas = new OffscreenCanvas(300, 600);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.fillStyle = fill;
      context.fillRect(0, 0, 300, 600);
      context.fillStyle = middle;
      context.fillRect(100, 0, 100, 600);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    },
    [color, stripe],
  );
  return Buffer.from(bytes);
}

/** A pixel of a canvas: red, green, blue and alpha. */
async function pixelOf(page: Page, selector: string, x: number, y: number): Promise<number[]> {
  return page.locator(selector).evaluate(
    (canvas: HTMLCanvasElement, position) => {
      // The browser warns about reading a canvas repeatedly; a copy is read only once.
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context?.drawImage(canvas, -position.x, -position.y);
      return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
    },
    { x, y },
  );
}

/** All pixels of a canvas: red, green, blue and alpha. */
async function pixelsOf(locator: Locator): Promise<number[]> {
  return locator.evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context?.drawImage(canvas, 0, 0);
    return [...(context?.getImageData(0, 0, width, height).data ?? [])];
  });
}

describe.skipIf(browser === undefined)('images (needs Chromium)', () => {
  const folder = sharedFolder();
  let served: ServedPage;
  let page: Page;
  beforeAll(async () => {
    const checkpoint = join(folder, 'red-or-blue.safetensors');
    saveClassifier(redOrBlue, checkpoint);
    served = await servePage(browser ?? '', 'none', checkpoint);
  });
  afterEach(async () => {
    await page.close();
    expect(served.problems()).toEqual([]);
  });

  test('asks for an image when the model has image input', async () => {
    page = await served.open('draw', { viewport: { width: 360, height: 800 } });
    await page.getByRole('link', { name: 'Classify' }).waitFor();
    expect(await page.locator('.headline .detail').textContent()).toBe('Open an image');
    expect(await page.getByRole('application').count()).toBe(0);
    const file = { name: 'red.png', mimeType: 'image/png', buffer: await stripedImage(page, '#f00') };
    await page.getByLabel('Image file').setInputFiles(file);
    await page.locator('.headline.confident').waitFor();
    expect(await page.locator('.headline .class').textContent()).toBe('a red thing');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('shows the model input and its saliency', async () => {
    page = await served.open('draw');
    const file = { name: 'red.png', mimeType: 'image/png', buffer: await stripedImage(page, '#f00') };
    await page.getByLabel('Image file').setInputFiles(file);
    await page.locator('.headline.confident').waitFor();
    const input = '.model-input figure:first-of-type canvas';
    expect(
      await page.locator(input).evaluate(({ width, height }: HTMLCanvasElement) => [height, width]),
    ).toEqual([HEIGHT, WIDTH]);
    expect(await pixelOf(page, input, 1, 1)).toEqual([255, 0, 0, 255]);
    expect(await pixelOf(page, input, WIDTH / 2, HEIGHT / 2)).toEqual([0, 255, 0, 255]);
    // Red counts for the prediction, green neither for nor against it.
    const saturation = ([red, green, blue]: number[]) =>
      Math.max(red, green, blue) - Math.min(red, green, blue);
    await expect
      .poll(async () => saturation(await pixelOf(page, '.saliency', 2, HEIGHT / 2)))
      .toBeGreaterThan(60);
  });

  test('classifies an image that is dropped on the page, and undoes it', async () => {
    page = await served.open('draw');
    await page.locator('.image-canvas').waitFor();
    await page.evaluate(
      (bytes) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'sky.png', { type: 'image/png' }));
        document
          .querySelector('.image-canvas')
          ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [...(await stripedImage(page, '#00f'))],
    );
    await page.locator('.headline .class', { hasText: 'sky' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.headline .detail', { hasText: 'Open an image' }).waitFor();
  });

  test('classifies the files that are dropped on the page, up to a limit', async () => {
    page = await served.open('draw');
    await page.locator('.image-canvas').waitFor();
    const images = [await stripedImage(page, '#00f'), await stripedImage(page, '#fff', '#fff')];
    await page.evaluate(
      ([sky, blank]) => {
        const dataTransfer = new DataTransfer();
        for (let i = 0; i < 102; i++) {
          const bytes = Uint8Array.from(i === 1 ? blank : sky);
          dataTransfer.items.add(new File([bytes], `${i}.png`, { type: 'image/png' }));
        }
        dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      },
      images.map((bytes) => [...bytes]),
    );
    const list = page.getByRole('region', { name: 'Files' });
    await list.getByText('Only the first 100 of 102 files are classified.').waitFor();
    await list
      .getByText('100 files: 99 confident, 1 doubtful, 0 not classified')
      .waitFor({ timeout: 20_000 });
    const items = list.getByRole('listitem');
    expect(await items.count()).toBe(100);
    expect(await items.nth(0).textContent()).toMatch(/^0\.pngsky [>\d.]+\s%$/);
    expect(await items.nth(1).textContent()).toMatch(/^1\.png(sky|a red thing) 50\.0\s%Not sure: .+/);
  });
});

describe.skipIf(browser === undefined)('photos (needs Chromium)', () => {
  const folder = sharedFolder();
  let served: ServedPage;
  beforeAll(async () => {
    const checkpoint = join(folder, 'photos.safetensors');
    saveClassifier(redOrBluePhotos, checkpoint);
    served = await servePage(browser ?? '', 'none', checkpoint);
  });

  test('are prepared as by every other program', async () => {
    const page = await served.open('draw');
    await page.getByRole('link', { name: 'Classify' }).waitFor();
    const photo = pattern(700, 500);
    const file = { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(await encodePng(photo)) };
    await page.getByLabel('Image file').setInputFiles(file);
    const input = page.locator('.model-input figure:first-of-type canvas');
    const expected = imageOfPixels(resizePhoto(photo, [HEIGHT, WIDTH, 3]), [HEIGHT, WIDTH, 3]);
    await expect.poll(async () => pixelsOf(input)).toEqual([...expected.data]);
    await page.close();
    expect(served.problems()).toEqual([]);
  });

  test('are classified with a notice that few images calibrated the model', async () => {
    const page = await served.open('draw');
    const notice = page.getByRole('region', { name: 'Prediction' }).locator('.notice');
    expect(await notice.textContent()).toBe(
      'The confidences and doubts are unreliable: there are 6 validation images, expected 50 or more; train with more images.',
    );
    const file = { name: 'red.png', mimeType: 'image/png', buffer: await stripedImage(page, '#f00') };
    await page.getByLabel('Image file').setInputFiles(file);
    await page.locator('.headline.confident').waitFor();
    expect(await page.locator('.headline .detail').textContent()).toMatch(/^Confidence, not calibrated: /);
    await page.close();
    expect(served.problems()).toEqual([]);
  });

  test('are explained by LayerCAM, or by another method', async () => {
    const page = await served.open('draw');
    const file = {
      name: 'red.png',
      mimeType: 'image/png',
      buffer: await stripedImage(page, '#f00', '#00f'),
    };
    await page.getByLabel('Image file').setInputFiles(file);
    const method = page.getByLabel('Method');
    expect(await method.inputValue()).toBe('layer-cam');
    expect(await method.locator('option').allTextContents()).toEqual([
      'LayerCAM',
      'Grad-CAM',
      'Gradient',
      'Occlusion',
    ]);
    const caption = page.locator('.model-input figcaption').nth(1);
    await expect
      .poll(() => caption.textContent())
      .toBe('Saliency: how much each part counts for a red thing, from violet to yellow; layer relu');
    // Red counts for the prediction: 60 % yellow, and 40 % of the brightness of red or blue.
    const gray = 0.4 * 85;
    const [yellow, violet] = [
      [253, 231, 37],
      [68, 1, 84],
    ].map((color) => [...color.map((part) => Math.round(0.6 * part + gray)), 255]);
    const middle = HEIGHT / 2;
    expect(await pixelOf(page, '.saliency', 1, middle)).toEqual(yellow);
    expect(await pixelOf(page, '.saliency', WIDTH / 2, middle)).toEqual(violet);
    await method.selectOption('Occlusion');
    await expect
      .poll(() => caption.textContent())
      .toBe('Saliency: which pixels count for or against a red thing');
    // Blue counts against it: orange.
    await expect
      .poll(async () => {
        const [red, , blue] = await pixelOf(page, '.saliency', WIDTH / 2, middle);
        return red - blue;
      })
      .toBeGreaterThan(60);
    await page.close();
    expect(served.problems()).toEqual([]);
  });
});
