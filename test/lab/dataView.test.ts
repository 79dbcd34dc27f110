import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generateDigits } from '#inkling/index.js';
import { collectDigits, DIGIT_COUNT } from '../../src/lab/data/digits.js';
import { findBrowser } from '../helpers/browser.js';
import { serveLab, useDigits } from './servedLab.js';

const executablePath = findBrowser();

describe.skipIf(executablePath === undefined)('the view of data (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    lab = await serveLab(executablePath ?? '');
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
    expect(await layers.count()).toBe(count);
    await page.keyboard.press('Control+Shift+Z');
    expect(await layers.count()).toBe(count - 1);
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    const name = page.getByLabel('Name of the class').first();
    await name.press('Control+z');
    expect(await name.inputValue()).toBe('0');
    await page.getByLabel('0, example 1', { exact: true }).press('Control+z');
    expect(await name.inputValue()).toBe('circle');
    await page.keyboard.press('Meta+Shift+Z');
    expect(await name.inputValue()).toBe('0');
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
});

/** Saves the examples, and returns the file. */
async function save(page: Page): Promise<Uint8Array> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the examples' }).click();
  return readFileSync(await (await downloading).path());
}
