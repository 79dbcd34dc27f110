import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../helpers/browser.js';
import { sharedFolder } from '../helpers/run.js';
import { sampleRuns, sampleSweep } from './sampleRuns.js';
import { drawDigit, servePage, type ServedPage } from './servedPage.js';

const browser = findBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A route, and an element that exists once it is loaded. */
const routes = [
  { route: 'draw', loaded: '.canvas' },
  { route: 'runs', loaded: 'table.runs' },
  { route: 'runs/mlp-digits-1', loaded: 'table.confusion' },
  { route: 'runs/mlp-digits-1/mlp-digits-2', loaded: '.chart circle' },
  { route: 'train', loaded: '.train-form' },
  { route: 'sweeps', loaded: 'table.runs' },
  { route: 'sweeps/sweep-digits-1', loaded: '.chart circle' },
  { route: 'data', loaded: '.image-browser canvas' },
];

describe.skipIf(browser === undefined)('accessibility and layout (needs Chromium)', () => {
  const runDir = sharedFolder();
  let served: ServedPage;
  beforeAll(async () => {
    await sampleRuns(runDir);
    sampleSweep(runDir);
    served = await servePage(browser ?? '', runDir);
  });
  afterEach(() => {
    expect(served.problems()).toEqual([]);
  });

  describe.each([360, 1440])('%i pixels wide', (width) => {
    describe.each(['light', 'dark'] as const)('in a %s theme', (colorScheme) => {
      test.each(routes)('#$route fits the screen and is accessible', async ({ route, loaded }) => {
        const page = await served.open(route, { viewport: { width, height: 800 }, colorScheme });
        await page.locator(loaded).first().waitFor();
        if (route === 'draw') await drawDigit(page, 2, 2);
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

  test('remembers the selected theme', async () => {
    const page = await served.open('runs', { colorScheme: 'light' });
    await page.getByRole('button', { name: /^Theme: system/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Theme: dark/ }).waitFor();
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe('rgb(16, 18, 22)');
    await page.close();
  });
});
