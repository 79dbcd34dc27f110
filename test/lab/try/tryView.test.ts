import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { imageOfPixels } from '#inkling/images/preprocess.js';
import { generateDigits } from '#inkling/index.js';
import { findBrowser, violationsOf } from '../../helpers/browser.js';
import { encodePng } from '../../helpers/encodeImage.js';
import { savedFile, savedModel, serveLab, train, useDigits } from '../servedLab.js';
import { trainedInNode } from '../trainedInNode.js';

const executablePath = findBrowser();
const EPOCHS = 3;

/** What a page says about an image: each class with its probability. */
async function probabilitiesOn(page: Page): Promise<string[]> {
  await page.locator('.probabilities .predicted').waitFor();
  return page.locator('.probabilities li').allTextContents();
}

describe.skipIf(executablePath === undefined)('the view of a trained network (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  let page: Page;
  let folder: string;
  let image: { name: string; mimeType: string; buffer: Buffer };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-lab-'));
    const { images } = generateDigits({ seed: 5, train: 4, test: 1 }).train;
    const png = await encodePng(imageOfPixels(images.subarray(0, 784), [28, 28, 1]));
    image = { name: 'digit.png', mimeType: 'image/png', buffer: Buffer.from(png) };
    lab = await serveLab(executablePath ?? '');
    page = await lab.open('data');
    await useDigits(page, 'Training');
    await train(page, EPOCHS);
    await page.getByRole('link', { name: 'Next: Try' }).click();
    await page.getByLabel('Open an image').setInputFiles(image);
    await page.locator('.walk').waitFor();
  });
  afterEach(() => {
    expect(lab.problems.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test('an isolated page has trained it, to the same weights as the library in Node.js', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.getByText(/of 500 are correct/).waitFor();
    const saved = await savedModel(page, 'report-cnn-digits.safetensors');
    expect(saved.weights).toEqual((await trainedInNode(EPOCHS)).weights);
  });

  test('the walk shows how a number of each layer is computed', async () => {
    const walk = page.getByRole('region', { name: 'Layer by layer' });
    const choice = walk.getByRole('combobox').first();
    const layers = await choice.locator('option').allTextContents();
    expect(layers.length).toBeGreaterThan(8);
    for (const [position, layer] of layers.entries()) {
      await choice.selectOption(String(position));
      const map = walk.getByRole('application');
      await map.focus();
      const shown = [await walk.getByRole('status').textContent()];
      // At an edge, one of them has no effect.
      for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft']) {
        await map.press(key);
        shown.push(await walk.getByRole('status').textContent());
      }
      expect([layer, new Set(shown).size]).not.toEqual([layer, 1]);
      const facts = await walk.locator('.facts dd').allTextContents();
      const [computed, output] = facts.slice(-2).map((number) => Number(number.replace('−', '-')));
      expect(Math.abs(computed - output)).toBeLessThan(1e-4 * Math.max(1, Math.abs(output)));
    }
    // The last layer is a list of many products, of which a part is selected.
    const parts = walk.getByRole('list', { name: /^Sum of the products/ }).getByRole('button');
    await parts.nth(1).click();
    expect(await parts.nth(1).getAttribute('aria-pressed')).toBe('true');
    await walk.getByRole('group', { name: 'Input channel 2: input × weight = product' }).waitFor();
  });

  test('pointing at a pixel shows its arithmetic, and pressing keeps it', async () => {
    const walk = page.getByRole('region', { name: 'Layer by layer' });
    await walk.getByRole('combobox').first().selectOption('0');
    await walk.getByRole('combobox').nth(1).selectOption('2');
    const status = walk.getByRole('status');
    const map = walk.getByRole('application');
    const size = (await map.boundingBox())?.width ?? 0;
    await map.hover({ position: { x: 1, y: 1 } });
    await expect.poll(() => status.textContent()).toMatch(/^Row 1, column 1: /);
    await map.click({ position: { x: size - 2, y: 1 } });
    await page.mouse.move(0, 0);
    await expect.poll(() => status.textContent()).toMatch(/^Row 1, column 30: /);
  });

  test.each(['Occlusion', 'LayerCAM', 'Grad-CAM', 'Gradient (saliency)'])(
    '%s explains any class',
    async (method) => {
      await page.getByLabel('Explained by').selectOption(method);
      await page.getByRole('region', { name: 'What the network sees' }).getByLabel('Class').selectOption('7');
      await page.getByRole('img', { name: 'Which pixels count for 7' }).waitFor();
    },
  );

  test('five training images are nearest', async () => {
    const card = page.getByRole('region', { name: 'Nearest training images' });
    await card.getByRole('listitem').first().waitFor();
    expect(await card.getByRole('listitem').count()).toBe(5);
    await card.getByText('among all 1,500 training images').waitFor();
    const distances = await card.locator('.image-list .muted').allTextContents();
    expect(distances).toEqual([...distances].sort());
  });

  test('a small change makes it another class', async () => {
    const card = page.getByRole('region', { name: 'Deceive the network' });
    const label = (await page.locator('.probabilities .predicted .class').textContent()) === '3' ? '5' : '3';
    await card.getByLabel('Take it for').selectOption(label);
    await card.getByRole('button', { name: 'Find the smallest change' }).click();
    await card.getByText(`The network takes the changed image for ${label} (`).waitFor();
    expect(await card.getByRole('img').count()).toBe(3);
  });

  test.each([
    [360, 'light'],
    [1440, 'dark'],
  ] as const)('all of it fits a width of %i pixels and is accessible', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page)).toEqual([]);
    if (width > 360) return;
    const { y = 800 } = (await page.locator('.prediction').boundingBox()) ?? {};
    expect(y).toBeLessThan((await page.locator('.drawing').boundingBox())?.y ?? 0);
  });

  test('an ONNX file is checked by ONNX Runtime before it is saved', async () => {
    await savedFile(page, 'Save as ONNX', 'report-cnn-digits.onnx');
    await page.getByText(/^Checked: ONNX Runtime .+ the outputs of 20 test images; .+ at most \d/).waitFor();
    // The rest of the package is not served.
    expect((await fetch(`${lab.address}/onnxruntime/ort.min.js`)).status).toBe(404);
  });

  test('a page in one file gives the same probabilities without a server', async () => {
    const expected = await probabilitiesOn(page);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a page that works offline (HTML)' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('report-cnn-digits.html');
    const file = join(folder, 'saved.html');
    writeFileSync(file, readFileSync(await download.path()));
    const context = await lab.browser.newContext({ offline: true, viewport: { width: 360, height: 800 } });
    const saved = await context.newPage();
    const problems: string[] = [];
    saved.on('console', (message) => problems.push(message.text()));
    saved.on('pageerror', (error) => problems.push(error.message));
    await saved.goto(pathToFileURL(file).href);
    await saved.getByLabel('Open an image').setInputFiles(image);
    expect(await probabilitiesOn(saved)).toEqual(expected);
    expect(await violationsOf(saved)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});
