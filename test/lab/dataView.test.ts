import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generateDigits } from '#inkling/index.js';
import { addExamples, emptyCollection } from '../../src/lab/data/collection.js';
import { collectDigits, DIGIT_COUNT } from '../../src/lab/data/digits.js';
import { zipExamples } from '../../src/lab/data/zipExamples.js';
import { findBrowser, violationsOf } from '../helpers/browser.js';
import { serveLab, useDigits } from './servedLab.js';

const executablePath = findBrowser();
/** Two cameras that show a test image, which the browser allows without asking. */
const CAMERA = ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'];

describe.skipIf(executablePath === undefined)('the view of data (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    lab = await serveLab(executablePath ?? '', CAMERA);
  });
  afterEach(() => {
    expect(lab.problems.splice(0)).toEqual([]);
  });

  test('the keyboard undoes and redoes changes of examples and layers, but not while typing', async () => {
    const page = await lab.open('data');
    await useDigits(page, 'Network');
    const layers = page.locator('.layers > li');
    const count = await layers.count();
    await page.getByRole('button', { name: /^Remove Flatten/ }).click();
    await page.keyboard.press('Control+z');
    await expect.poll(() => layers.count()).toBe(count);
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(() => layers.count()).toBe(count - 1);
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    const name = page.getByLabel('Name of the class').first();
    await name.press('Control+z');
    await expect.poll(() => name.inputValue()).toBe('0');
    await page.getByLabel('0, example 1', { exact: true }).press('Control+z');
    await expect.poll(() => name.inputValue()).toBe('circle');
    await page.keyboard.press('Meta+Shift+Z');
    await expect.poll(() => name.inputValue()).toBe('0');
    await page.close();
  });

  test('saves the examples as a file, which opens as the same examples', async () => {
    const page = await lab.open('data');
    await useDigits(page, 'Network');
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    for (const name of [2, 3, 4, 5, 6, 7, 8, 9]) {
      await page.getByRole('button', { name: `Remove class “${name}”` }).click();
    }
    await page.getByLabel('Name of the class').first().fill('zero/null 🙂');
    await page.getByLabel('Name of the class').first().blur();
    const saved = await save(page);
    const { train, classes } = generateDigits({ seed: 0, train: DIGIT_COUNT, test: 1 });
    const [first] = collectDigits({ ...train, classes }).classes[0].examples;
    const files = unzipSync(saved);
    expect(decode(files['zero%2Fnull 🙂/00001.png']).data).toEqual(first.pixels);
    await page.getByRole('button', { name: 'Remove all' }).click();
    const file = { name: 'digits.zip', mimeType: 'application/zip', buffer: Buffer.from(saved) };
    await page.getByLabel('Choose images').setInputFiles([file]);
    await page.getByRole('button', { name: 'Show all 250' }).nth(1).waitFor();
    expect(await page.getByLabel('Name of the class').first().inputValue()).toBe('zero/null 🙂');
    expect(Buffer.compare(await save(page), saved)).toBe(0);
    await page.close();
  });

  test('warns of imbalanced classes, balances them, and divides the examples as chosen', async () => {
    const collection = addExamples(emptyCollection('photo', []), [
      { name: 'a', images: Array.from({ length: 20 }, (_, i) => new Uint8Array(3072).fill(i)) },
      { name: 'b', images: Array.from({ length: 5 }, (_, i) => new Uint8Array(3072).fill(i)) },
    ]);
    const buffer = Buffer.from(await zipExamples(collection));
    const page = await lab.open('data', { viewport: { width: 360, height: 800 } });
    const file = { name: 'saved.zip', mimeType: 'application/zip', buffer };
    await page.getByLabel('Choose images').setInputFiles([file]);
    const warning = page.getByText(
      '“a” has 12 training images, 4 times as many as “b”, which has 3. The network will favor “a”.',
    );
    await warning.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Parts' }).selectOption('70-15-15');
    await page.getByText('14 for training, 3 for validation, 3 for testing', { exact: true }).waitFor();
    await page.getByText(/25 examples: 17 for training, 4 for validation, 4 for testing/).waitFor();
    await page.getByRole('button', { name: 'Balance: keep the first 5 of each class' }).click();
    await page.getByText(/10 examples: 6 for training, 2 for validation, 2 for testing/).waitFor();
    expect(await warning.count()).toBe(0);
    await page.keyboard.press('Control+z');
    await page.getByText(/25 examples: 17 for training/).waitFor();
    await page.close();
  });

  test('records pictures of the camera while a button or the space bar is held, and turns it off', async () => {
    const page = await lab.open('data', { viewport: { width: 360, height: 800 } });
    await page.getByRole('radio', { name: 'photos', exact: true }).click();
    await page.getByText('The pictures of the camera stay on this device').waitFor();
    await keepTracks(page);
    await page.getByRole('button', { name: 'Turn on the camera' }).click();
    const button = page.locator('button.record:not(:disabled)');
    await button.waitFor();
    expect(await button.textContent()).toBe('Hold to record “circle”');
    expect(await page.locator('video').evaluate((video) => getComputedStyle(video).transform)).toBe(
      'matrix(-1, 0, 0, 1, 0, 0)',
    );
    await button.hover();
    await page.mouse.down();
    await page.getByText(/Recording: [3-9] pictures/).waitFor();
    await page.mouse.up();
    const first = await addedPictures(page);
    expect(first).toBeGreaterThanOrEqual(3);
    expect(await page.locator('.examples li').count()).toBe(first);
    expect(await violationsOf(page)).toEqual([]);
    await button.focus();
    await page.keyboard.down(' ');
    await page.getByText(/Recording: [2-9] pictures/).waitFor();
    await page.keyboard.up(' ');
    await page.getByText(`${first} examples`).waitFor({ state: 'detached' });
    // A burst is one change.
    await page.keyboard.press('Control+z');
    await page.getByText(`${first} examples`).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
    expect(await trackStates(page)).toEqual(['live']);
    const cameras = page.getByRole('combobox', { name: 'Camera', exact: true });
    expect(await cameras.locator('option').count()).toBe(2);
    await cameras.selectOption({ index: 1 });
    await expect.poll(() => trackStates(page)).toEqual(['ended', 'live']);
    await button.waitFor();
    await page.getByRole('link', { name: 'Network', exact: true }).click();
    await page.getByRole('heading', { name: 'Network' }).waitFor();
    expect(await trackStates(page)).toEqual(['ended', 'ended']);
    await page.close();
  });

  test('says why there is no camera', async () => {
    const page = await lab.open('data');
    await page.getByRole('radio', { name: 'photos', exact: true }).click();
    for (const [name, expected] of [
      ['NotFoundError', 'There is no camera. Connect one, and try again.'],
      ['NotAllowedError', 'The camera is not allowed. Allow it in the settings of the browser'],
      ['NotReadableError', 'The camera does not start. Close other programs that use it, and try again.'],
      ['insecure', 'The camera cannot be used: browsers allow it only at secure addresses'],
    ]) {
      await page.evaluate((error) => {
        if (error === 'insecure') Reflect.deleteProperty(Navigator.prototype, 'mediaDevices');
        else navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', error));
      }, name);
      await page.getByRole('button', { name: 'Turn on the camera' }).click();
      await page.getByRole('alert').filter({ hasText: expected }).waitFor();
    }
    await page.close();
  });
});

/** Saves the examples, and returns the file. */
async function save(page: Page): Promise<Uint8Array> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the examples' }).click();
  return readFileSync(await (await downloading).path());
}

/** The number of pictures that the last burst has added. */
async function addedPictures(page: Page): Promise<number> {
  const status = page.getByText(/^\d+ pictures added to “circle”/);
  return Number.parseInt((await status.textContent()) ?? '', 10);
}

declare global {
  interface Window {
    /** Those of the cameras that were turned on. */
    tracks: MediaStreamTrack[];
  }
}

/** Lets the test see the tracks of a camera that is turned on later. */
async function keepTracks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    window.tracks = [];
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  });
}

function trackStates(page: Page): Promise<string[]> {
  return page.evaluate(() => window.tracks.map(({ readyState }) => readyState));
}
