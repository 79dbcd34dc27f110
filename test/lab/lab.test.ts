import { zipSync } from 'fflate';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { imageOfPixels } from '#inkling/images/preprocess.js';
import { generateDigits } from '#inkling/index.js';
import { findBrowser, moveFinger, violationsOf } from '../helpers/browser.js';
import { encodePng } from '../helpers/encodeImage.js';
import { drawLine, type Point, savedModel, serveLab, train, useDigits } from './servedLab.js';
import { trainedInNode } from './trainedInNode.js';

const executablePath = findBrowser();

/** The number of corners; a circle has many. */
const SHAPES = { circle: 16, square: 4, triangle: 3 };
const [DRAWN, HELD_OUT] = [10, 7];
/** Of the training that pauses. */
const EPOCHS = 6;

/** A regular polygon; each seed has another size, position, and rotation. */
function polygon(corners: number, seed: number): Point[] {
  const radius = 0.2 + 0.15 * ((seed * 0.618) % 1);
  const [x, y] = [0.5 + 0.1 * Math.sin(seed), 0.5 + 0.1 * Math.cos(2 * seed)];
  const turn = Math.PI / 4 + 0.15 * Math.sin(3 * seed) + (corners === 3 ? Math.PI / 4 : 0);
  // Lines are smoothed between their points: straight ones have several.
  const points = corners > 4 ? 1 : 4;
  return Array.from({ length: points * corners + 1 }, (_, i) => {
    const [corner, part] = [Math.floor(i / points), (i % points) / points];
    const [from, to] = [corner, corner + 1].map((each) => turn + (2 * Math.PI * each) / corners);
    return [
      x - radius * ((1 - part) * Math.cos(from) + part * Math.cos(to)),
      y - radius * ((1 - part) * Math.sin(from) + part * Math.sin(to)),
    ];
  });
}

describe.skipIf(executablePath === undefined)('the lab (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    lab = await serveLab(executablePath ?? '');
  });
  afterEach(() => {
    expect(lab.problems.splice(0)).toEqual([]);
  });

  test('learns three classes from ten drawings each', async () => {
    const page = await lab.open('data');
    for (const [name, corners] of Object.entries(SHAPES)) {
      await page.getByRole('combobox', { name: 'Class' }).selectOption(name);
      for (let i = 0; i < DRAWN; i++) {
        await drawLine(page, polygon(corners, i));
        await page.locator('canvas.canvas').press('Enter');
        await page.getByLabel(`${name}, example ${i + 1}`).waitFor();
      }
    }
    await page.getByRole('link', { name: 'Next: Network' }).click();
    await page.getByRole('link', { name: 'Next: Training' }).click();
    await train(page, 40);
    await page.getByRole('link', { name: 'Next: Try' }).click();
    let correct = 0;
    for (const [name, corners] of Object.entries(SHAPES)) {
      for (let i = 0; i < HELD_OUT; i++) {
        await drawLine(page, polygon(corners, DRAWN + i));
        await page.locator('.probabilities .predicted').waitFor();
        if ((await page.locator('.probabilities .predicted .class').textContent()) === name) correct++;
        await page.getByRole('button', { name: 'Clear' }).press('Enter');
        await page.locator('.probabilities .predicted').waitFor({ state: 'detached' });
      }
    }
    expect(correct / (3 * HELD_OUT)).toBeGreaterThanOrEqual(0.95);
    await page.close();
  });

  test('opens a zip archive whose folders are classes, and names the files that are no images', async () => {
    const { train: digits } = generateDigits({ seed: 0, train: 2, test: 1 });
    const png = await encodePng(imageOfPixels(digits.images.subarray(0, 784), [28, 28, 1]));
    const archive = zipSync({
      'examples/cats/1.png': png,
      'examples/cats/2.png': png,
      'examples/dogs/1.png': png,
      'examples/dogs/broken.png': png.subarray(0, 60),
      'examples/readme.txt': png,
      '__MACOSX/cats/1.png': png,
    });
    const page = await lab.open('data');
    await page
      .getByLabel('Choose images')
      .setInputFiles([{ name: 'examples.zip', mimeType: 'application/zip', buffer: Buffer.from(archive) }]);
    await page.getByText(/^1 file could not be read: broken.png: /).waitFor();
    const counts = await page
      .locator('.class-card')
      .evaluateAll((cards) =>
        cards.map((card) => [card.getAttribute('aria-label'), card.querySelectorAll('.examples li').length]),
      );
    expect(counts.slice(-2)).toEqual([
      ['cats', 2],
      ['dogs', 1],
    ]);
    await page.getByLabel('dogs, example 1').click();
    await page.getByLabel('Move to…').selectOption('cats');
    await page.getByLabel('cats, example 3').press('Delete');
    expect(await page.locator('.examples li').count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    expect(await page.locator('.examples li').count()).toBe(3);
    await page.close();
  });

  test('a training pauses within an epoch, takes single steps, and ends with the weights of the library in Node.js', async () => {
    const page = await lab.open('data');
    await useDigits(page, 'Training');
    await page.getByLabel('Epochs').fill(String(EPOCHS));
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    // The page may show none of the short first epochs.
    await page.getByText(/^Training: Epoch [2-5] of 6/).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused').waitFor();
    const progress = page.getByRole('progressbar');
    const reached = async () => Number(await progress.getAttribute('value'));
    // The batches that were under way are still trained.
    const step = page.getByRole('button', { name: 'Step one batch' });
    const before = await reached();
    await step.click();
    await page.waitForFunction((value) => document.querySelector('progress')?.value !== value, before);
    // 1,500 training images in batches of 64.
    expect(await reached()).toBeCloseTo(before + 1 / 24, 5);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Finished').waitFor();
    const label = await page
      .getByRole('img', { name: /^Accuracy by epoch/ })
      .locator('.other circle')
      .count();
    expect(label).toBe(EPOCHS);
    await page.getByRole('link', { name: 'Next: Try' }).click();
    const saved = await savedModel(page, 'report-cnn-digits.safetensors');
    await page.close();
    const expected = await trainedInNode(EPOCHS);
    expect(saved.classes).toEqual(expected.classes);
    expect(saved.weights).toEqual(expected.weights);
  });

  test('a finger draws without scrolling the page, and scrolls it beside the canvas', async () => {
    const page = await lab.open('data', {
      viewport: { width: 360, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    const canvas = page.locator('canvas.canvas');
    await canvas.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    const { x = 0, y = 0, width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
    await moveFinger(
      page,
      polygon(3, 0).map(([across, down]) => ({ x: x + across * width, y: y + down * height })),
    );
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await page.getByRole('button', { name: 'Add to “circle”' }).tap();
    await page.getByLabel('circle, example 1').waitFor();
    await moveFinger(
      page,
      Array.from({ length: 10 }, (_, i) => ({ x: 4, y: 600 - 30 * i })),
    );
    await page.waitForFunction((start) => scrollY > start + 100, before);
    await page.close();
  });

  test('the views fit phones and wide windows, and are accessible', async () => {
    const page = await lab.open('data', { colorScheme: 'dark' });
    const violations = async () => {
      const found: string[][] = [];
      for (const width of [360, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        found.push(await violationsOf(page));
      }
      return found.flat();
    };
    expect(await violations()).toEqual([]);
    await useDigits(page, 'Network');
    await page.getByRole('button', { name: 'Measure the speed' }).click();
    await page.getByText(/^about [\d.]+\ss$/).waitFor();
    await page.getByLabel('Channels').first().focus();
    await page
      .getByText(
        /^Channels 17: \+[\d.]+[KM]? parameters, \+[\d.]+[KM]? multiply-adds, \+[\d.]+\ss per epoch$/,
      )
      .waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: /^Remove Flatten/ }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Start from').selectOption('mlp');
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight);
    });
    await page.getByRole('link', { name: 'Next: Training' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    await page.waitForFunction(() => scrollY === 0);
    await train(page, 1);
    await page.locator('.samples li').first().waitFor();
    await page.getByRole('img', { name: /^Filters of Linear/ }).waitFor();
    await page.locator('.samples button').nth(3).click();
    await page.getByText('Histograms of weights and outputs').click();
    await page
      .getByRole('img', { name: /^Linear \(.*\): values from / })
      .first()
      .waitFor();
    await page.getByText('Histograms of gradients').click();
    await page.getByText(/for 64 training images/).waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await violations()).toEqual([]);
    await page.getByRole('link', { name: 'Next: Try' }).click();
    await drawLine(page, polygon(4, 0));
    await page.locator('.saliency').waitFor();
    await page
      .getByRole('button', { name: / predicted as / })
      .first()
      .click();
    await page.locator('.test .image-list').waitFor();
    expect(await violations()).toEqual([]);
    await page.close();
  });
});
