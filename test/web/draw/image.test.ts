import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { flatten, globalAvgPool2d, linear } from '#inkling/layers/index.js';
import { Classifier } from '#inkling/predict/classifier.js';
import { saveClassifier } from '#inkling/predict/load.js';
import { findBrowser, noBrowser } from '../../helpers/browser.js';
import { sharedFolder } from '../../helpers/run.js';
import { servePage, type ServedPage } from '../servedPage.js';

const browser = findBrowser();
const [HEIGHT, WIDTH] = [16, 24];

/** Tells by the mean of red and that of blue. */
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
  dataset: 'colours',
  batches: 0,
};

/** A picture file, twice as high as wide, of a colour with a stripe of green in its middle. */
async function pictureOf(page: Page, colour: string): Promise<Buffer> {
  const bytes = await page.evaluate(async (fill) => {
    const canvas = new OffscreenCanvas(300, 600);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.fillStyle = fill;
    context.fillRect(0, 0, 300, 600);
    context.fillStyle = '#0f0';
    context.fillRect(100, 0, 100, 600);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  }, colour);
  return Buffer.from(bytes);
}

/** A pixel of the canvas that a selector finds: red, green, blue and opacity. */
async function pixelOf(page: Page, selector: string, x: number, y: number): Promise<number[]> {
  return page.locator(selector).evaluate(
    (canvas: HTMLCanvasElement, place) => {
      // The browser warns of a canvas that is read again and again; a copy is read once.
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context?.drawImage(canvas, -place.x, -place.y);
      return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
    },
    { x, y },
  );
}

describe.skipIf(browser === undefined)(`pictures (skipped where there is ${noBrowser})`, () => {
  const folder = sharedFolder();
  let stage: ServedPage;
  let page: Page;
  beforeAll(async () => {
    const network = join(folder, 'red-or-blue.safetensors');
    saveClassifier(await Classifier.create(redOrBlue), network);
    stage = await servePage(browser ?? '', 'none', network);
  });
  afterEach(async () => {
    await page.close();
    expect(stage.complaints()).toEqual([]);
  });

  test('a network of whole pictures is not drawn for, but shown one', async () => {
    page = await stage.open('draw', { viewport: { width: 360, height: 800 } });
    await page.getByRole('link', { name: 'Picture' }).waitFor();
    expect(await page.locator('.verdict .detail').textContent()).toBe('Open a picture');
    expect(await page.getByRole('application').count()).toBe(0);
    const file = { name: 'red.png', mimeType: 'image/png', buffer: await pictureOf(page, '#f00') };
    await page.getByLabel('Picture file').setInputFiles(file);
    await page.locator('.verdict.sure').waitFor();
    expect(await page.locator('.verdict .headline').textContent()).toBe('a red thing');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('shows what the network sees of it, and which part of that speaks for the answer', async () => {
    page = await stage.open('draw');
    const file = { name: 'red.png', mimeType: 'image/png', buffer: await pictureOf(page, '#f00') };
    await page.getByLabel('Picture file').setInputFiles(file);
    await page.locator('.verdict.sure').waitFor();
    const seen = '.seen figure:first-of-type canvas';
    expect(
      await page.locator(seen).evaluate(({ width, height }: HTMLCanvasElement) => [height, width]),
    ).toEqual([HEIGHT, WIDTH]);
    expect(await pixelOf(page, seen, 1, 1)).toEqual([255, 0, 0, 255]);
    expect(await pixelOf(page, seen, WIDTH / 2, HEIGHT / 2)).toEqual([0, 255, 0, 255]);
    // Without red the answer is less likely; without green it is no other.
    const colourless = ([red, green, blue]: number[]) =>
      Math.max(red, green, blue) - Math.min(red, green, blue);
    await expect
      .poll(async () => colourless(await pixelOf(page, '.evidence', 2, HEIGHT / 2)))
      .toBeGreaterThan(60);
  });

  test('takes a picture that is dropped on the page, and takes it back', async () => {
    page = await stage.open('draw');
    await page.locator('.picture').waitFor();
    await page.evaluate(
      (bytes) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'sky.png', { type: 'image/png' }));
        document
          .querySelector('.picture')
          ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [...(await pictureOf(page, '#00f'))],
    );
    await page.locator('.verdict .headline', { hasText: 'sky' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.verdict .detail', { hasText: 'Open a picture' }).waitFor();
  });
});
