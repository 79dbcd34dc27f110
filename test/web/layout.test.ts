import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunSummary, runSummarySchema } from '#inkling/runs/runSummary.js';
import { metricsOf } from '#inkling/train/metrics.js';
import { findBrowser } from '../helpers/browser.js';
import { sharedFolder } from '../helpers/run.js';
import { sampleRuns, sampleSweep } from './sampleRuns.js';
import { drawDigit, servePage, type ServedPage } from './servedPage.js';

const browser = findBrowser();

const WIDTHS = [360, 768, 1222, 2560];
const LONG_RUN = 'a-run-whose-name-is-long-because-it-says-what-it-is-about-12';
const SHORT_NAMES = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
const LONG_NAMES = SHORT_NAMES.slice(0, 40).map((each) => `a breed of dog with a long name ${each}`);

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

/** Elements that end outside of their container, except for what scrolls. */
function tooWide(): string[] {
  return [...document.querySelectorAll('main *, header *')].flatMap((element) => {
    const parent = element.parentElement;
    const isExempt =
      parent === null ||
      element instanceof SVGElement ||
      parent.closest('.table-scroll, .class-counts, .visually-hidden, svg') !== null;
    if (isExempt || element.getClientRects().length === 0) return [];
    const [box, around] = [element.getBoundingClientRect(), parent.getBoundingClientRect()];
    if (box.left >= around.left - 1 && box.right <= around.right + 1) return [];
    return [`${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`];
  });
}

/** Pairs of elements whose texts overlap. */
function overlaps(selector: string): string[] {
  const texts = [...document.querySelectorAll(selector)].map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
    return {
      content: element.textContent,
      left: Math.max(text.left, box.left),
      right: Math.min(text.right, box.right),
      top: Math.max(text.top, box.top),
      bottom: Math.min(text.bottom, box.bottom),
    };
  });
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5,
      )
      .map((b) => `${a.content} and ${b.content}`),
  );
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

  test.each(WIDTHS)('nothing is wider than its container at %i pixels', async (width) => {
    page = await served.open('runs', { viewport: { width, height: 800 } });
    for (const { route, title, loaded } of [
      { route: 'runs', title: 'Runs', loaded: 'table.runs tbody tr' },
      { route: `runs/${LONG_RUN}`, title: LONG_RUN, loaded: 'table.confusion' },
      { route: 'runs/characters-1', title: 'characters-1', loaded: 'table.confusion' },
      {
        route: `runs/mlp-digits-1/${LONG_RUN}`,
        title: `mlp-digits-1 vs. ${LONG_RUN}`,
        loaded: 'table.pairs',
      },
      { route: 'train', title: 'Train a network', loaded: '.train-form' },
      { route: 'sweeps', title: 'Sweeps', loaded: 'table.runs tbody tr' },
      { route: 'sweeps/sweep-digits-1', title: 'sweep-digits-1', loaded: '.chart circle' },
      { route: 'data', title: 'Data', loaded: '.image-browser canvas' },
      { route: 'draw', title: 'Draw a digit', loaded: '.canvas' },
    ]) {
      await show(page, route, title);
      await page.locator(loaded).first().waitFor();
      expect(await page.evaluate(tooWide), route).toEqual([]);
      if (loaded.startsWith('table.runs')) expect(await excessOf(page, 'main .table-scroll'), route).toBe(0);
    }
  });

  test.each(WIDTHS)('labels and numbers do not overlap at %i pixels', async (width) => {
    page = await served.open('data', { viewport: { width, height: 800 } });
    await page.locator('.class-counts button').first().waitFor();
    expect(await page.evaluate(overlaps, '.class-counts .count')).toEqual([]);
    for (const run of ['mlp-digits-1', LONG_RUN, 'characters-1']) {
      await show(page, `runs/${run}`, run);
      await page.locator('table.confusion').waitFor();
      expect(await page.evaluate(overlaps, '.facts dt, .facts dd'), run).toEqual([]);
      for (const selector of [
        '.confusion thead .class-name',
        '.confusion tbody th',
        '.confusion tr:nth-child(2) button',
      ])
        expect(await page.evaluate(overlaps, selector), `${run}: ${selector}`).toEqual([]);
    }
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
