import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, noBrowser } from '../helpers/browser.js';
import { sharedFolder } from '../helpers/run.js';
import { sampleRuns } from './sampleRuns.js';
import { drawDigit, servePage, type ServedPage } from './servedPage.js';

const browser = findBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A place of the page, and what is there once it is complete. */
const places = [
  { place: 'draw', sign: '.paper' },
  { place: 'runs', sign: 'table.runs' },
  { place: 'runs/mlp-digits-1', sign: 'table.confusion' },
  { place: 'runs/mlp-digits-1/mlp-digits-2', sign: '.chart circle' },
  { place: 'data', sign: '.browse canvas' },
];

describe.skipIf(browser === undefined)(`looks (skipped where there is ${noBrowser})`, () => {
  const runDir = sharedFolder();
  let stage: ServedPage;
  beforeAll(async () => {
    await sampleRuns(runDir);
    stage = await servePage(browser ?? '', runDir);
  });
  afterEach(() => {
    expect(stage.complaints()).toEqual([]);
  });

  describe.each([360, 1440])('%i pixels wide', (width) => {
    describe.each(['light', 'dark'] as const)('in a %s theme', (colorScheme) => {
      test.each(places)('#$place fits, and anybody can use it', async ({ place, sign }) => {
        const page = await stage.open(place, { viewport: { width, height: 800 }, colorScheme });
        await page.locator(sign).first().waitFor();
        if (place === 'draw') await drawDigit(page, 2, 2);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(background).toBe(colorScheme === 'light' ? 'rgb(246, 246, 244)' : 'rgb(16, 18, 22)');
        await page.evaluate(axe);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
        expect(found).toEqual([]);
        await page.close();
      });
    });
  });

  test('keeps the theme that was chosen', async () => {
    const page = await stage.open('runs', { colorScheme: 'light' });
    await page.getByRole('button', { name: /^Theme: system/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Theme: dark/ }).waitFor();
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe('rgb(16, 18, 22)');
    await page.close();
  });
});
