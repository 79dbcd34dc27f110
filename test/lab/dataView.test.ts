import { afterEach, beforeAll, describe, expect, test } from 'vitest';
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
});
