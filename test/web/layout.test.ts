import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunSummary, runSummarySchema } from '#inkling/runs/runSummary.js';
import { metricsOf } from '#inkling/train/metrics.js';
import { findBrowser, violationsOf } from '../helpers/browser.js';
import { sharedFolder } from '../helpers/run.js';
import { overlaps, tooWide } from './overlap.js';
import { sampleRuns, sampleSweep } from './sampleRuns.js';
import { drawDigit, servePage, type ServedPage } from './servedPage.js';

const browser = findBrowser();

const WIDTHS = [360, 768, 1222, 2560];
/** The widths at which pages are checked by axe. */
const CHECKED_WIDTHS = [360, 1222];
/** The themes, with the color of their background. */
const THEMES = [
  ['light', 'rgb(246, 246, 244)'],
  ['dark', 'rgb(16, 18, 22)'],
] as const;
const LONG_RUN = 'a-run-whose-name-is-long-because-it-says-what-it-is-about-12';
const SHORT_NAMES = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
const LONG_NAMES = SHORT_NAMES.slice(0, 40).map((each) => `a breed of dog with a long name ${each}`);

/** What must not overlap on the page of a run. */
const RUN_TEXTS = [
  '.facts dt, .facts dd',
  '.confusion thead .class-name',
  '.confusion tbody th',
  '.confusion tr:nth-child(2) button',
];

interface Route {
  readonly route: string;
  readonly title: string;
  /** An element that exists once it is loaded. */
  readonly loaded: string;
  /** Selectors of texts of which none may overlap another. */
  readonly texts?: readonly string[];
  /** Whether axe checks it: others differ only in their length. */
  readonly isChecked: boolean;
}

const ROUTES: readonly Route[] = [
  { route: 'runs', title: 'Runs', loaded: 'table.runs tbody tr', isChecked: true },
  ...['mlp-digits-1', LONG_RUN, 'characters-1'].map((run) => ({
    route: `runs/${run}`,
    title: run,
    loaded: 'table.confusion',
    texts: RUN_TEXTS,
    isChecked: run === 'mlp-digits-1',
  })),
  {
    route: `runs/mlp-digits-1/${LONG_RUN}`,
    title: `mlp-digits-1 vs. ${LONG_RUN}`,
    loaded: 'table.pairs',
    isChecked: true,
  },
  { route: 'train', title: 'Train a network', loaded: '.train-form', isChecked: true },
  { route: 'sweeps', title: 'Sweeps', loaded: 'table.runs tbody tr', isChecked: true },
  { route: 'sweeps/sweep-digits-1', title: 'sweep-digits-1', loaded: '.chart circle', isChecked: true },
  {
    route: 'data',
    title: 'Data',
    loaded: '.image-browser canvas',
    texts: ['.class-counts .count'],
    isChecked: true,
  },
  { route: 'draw', title: 'Draw a digit', loaded: '.canvas', isChecked: true },
];

/** Copies a run with other classes, whose confusion matrix has numbers of four digits. */
function copyRun(runDir: string, name: string, classes: readonly string[]): void {
  const folder = join(runDir, name);
  cpSync(join(runDir, 'mlp-digits-1'), folder, { recursive: true });
  const file = join(folder, 'summary.json');
  const summary: RunSummary = runSummarySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const labels = Uint8Array.from({ length: 1100 * classes.length }, (_, i) => i % classes.length);
  const predictions = Int32Array.from(labels, (label, i) =>
    i % 50 === 0 ? (label + 1) % classes.length : label,
  );
  const scores = { losses: new Float32Array(labels.length), predictions };
  const dataset = { ...summary.dataset, name: 'a data set whose path is long', classes };
  const test = metricsOf(scores, labels, classes.length);
  writeFileSync(file, JSON.stringify({ ...summary, dataset, test }));
}

/** Goes to a route, and waits until its title is shown. */
async function show(page: Page, route: string, title: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, route);
  await page.locator('h1', { hasText: title }).waitFor({ state: 'attached' });
}

/** By how many pixels the content of an element is wider than it. */
async function excessOf(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((element) => element.scrollWidth - element.clientWidth);
}

describe.skipIf(browser === undefined)('layout (needs Chromium)', () => {
  const runDir = sharedFolder();
  let served: ServedPage;
  let page: Page;
  beforeAll(async () => {
    await sampleRuns(runDir);
    copyRun(runDir, LONG_RUN, LONG_NAMES);
    copyRun(runDir, 'characters-1', SHORT_NAMES);
    sampleSweep(runDir);
    served = await servePage(browser ?? '', runDir);
  });
  afterEach(async () => {
    await page.close();
    expect(served.problems()).toEqual([]);
  });

  test.each(WIDTHS)('pages fit %i pixels: nothing is too wide, and no texts overlap', async (width) => {
    page = await served.open('runs', { viewport: { width, height: 800 } });
    for (const { route, title, loaded, texts = [], isChecked } of ROUTES) {
      await show(page, route, title);
      await page.locator(loaded).first().waitFor();
      if (route === 'draw') await drawDigit(page, 2, 2);
      expect(await page.evaluate(tooWide), route).toEqual([]);
      if (loaded.startsWith('table.runs')) expect(await excessOf(page, 'main .table-scroll'), route).toBe(0);
      for (const selector of texts)
        expect(await page.evaluate(overlaps, selector), `${route}: ${selector}`).toEqual([]);
      if (!isChecked || !CHECKED_WIDTHS.includes(width)) continue;
      for (const [colorScheme, background] of THEMES) {
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(background);
        expect(await violationsOf(page), `${route}, ${colorScheme}`).toEqual([]);
      }
    }
  });

  test('remembers the selected theme', async () => {
    page = await served.open('runs', { colorScheme: 'light' });
    await page.getByRole('button', { name: /^Theme: system/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Theme: dark/ }).waitFor();
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(THEMES[1][1]);
  });

  test('shows the prediction on a phone without scrolling', async () => {
    page = await served.open('draw', { viewport: { width: 360, height: 640 } });
    await page.locator('.canvas').waitFor();
    await drawDigit(page, 2, 2);
    await page.locator('.headline', { hasText: /confidence|Maybe/i }).waitFor();
    const bottom = await page
      .locator('.headline')
      .evaluate((element) => element.getBoundingClientRect().bottom);
    expect(bottom).toBeLessThanOrEqual(640);
  });
});
