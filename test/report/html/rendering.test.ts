import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import { drawFigures } from '#inkling/report/draw/drawings.js';
import { renderPage } from '#inkling/report/html/page.js';
import { findBrowser, noBrowser, openPage } from '../../helpers/browser.js';
import { trainOnDigits } from '../../helpers/reportRuns.js';
import { sharedFolder } from '../../helpers/run.js';

const executablePath = findBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The rules that are checked; all, unless another width or theme has shown that a page keeps those that depend on neither. No
 * style depends on both.
 */
const RULES: Partial<Record<string, string[]>> = {
  '360 dark': ['color-contrast'],
  '1440 light': ['scrollable-region-focusable'],
  '1440 dark': ['color-contrast'],
};

async function violationsOf(page: Page, rules: string[] | undefined): Promise<string[]> {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
}

/** Figures without a size, and labels in them that are clipped or overlap. */
function layoutFlawsOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main svg')].flatMap((svg) => {
      const name = svg.getAttribute('aria-label') ?? '';
      const frame = svg.getBoundingClientRect();
      if (frame.width < 50 || frame.height < 30) return [`${name} is ${frame.width} × ${frame.height}`];
      const texts = [...svg.querySelectorAll('text')]
        .map((text) => ({ label: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ label }) => label !== '');
      return texts.flatMap(({ label, box }, index) => {
        const isClipped =
          Math.min(box.left - frame.left, frame.right - box.right) < -1 ||
          Math.min(box.top - frame.top, frame.bottom - box.bottom) < -2;
        // A line box is taller than its glyphs.
        const inset = 0.2 * box.height;
        const overlapping = texts
          .slice(index + 1)
          .filter(
            ({ box: other }) =>
              Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
              Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 2 * inset,
          );
        return [
          ...(isClipped ? [`"${label}" is clipped: ${name}`] : []),
          ...overlapping.map((other) => `"${label}" overlaps "${other.label}": ${name}`),
        ];
      });
    }),
  );
}

describe.skipIf(executablePath === undefined)(
  `a page in a browser (skipped where there is ${noBrowser})`,
  () => {
    const folder = sharedFolder();
    const file = join(folder, 'report.html');
    const complaints: string[] = [];
    let browser: Browser;
    const open = (options?: BrowserContextOptions) =>
      openPage(browser, pathToFileURL(file).href, '', options, (text) => complaints.push(text));

    beforeAll(async () => {
      const document = makeReport(await trainOnDigits(folder));
      writeFileSync(file, renderPage(document, await drawFigures(document)));
      browser = await chromium.launch({ executablePath: executablePath ?? '' });
      return () => browser.close();
    });
    afterEach(() => {
      expect(complaints.splice(0)).toEqual([]);
    });

    describe.each([360, 1440])('%i pixels wide', (width) => {
      let page: Page;
      beforeAll(async () => {
        page = await open({ viewport: { width, height: 800 } });
        await page.locator('details > summary').click();
        await page.evaluate(axe);
      });

      test.each(['light', 'dark'] as const)('fits and is accessible in the %s theme', async (colorScheme) => {
        await page.emulateMedia({ colorScheme });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(background).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(21, 24, 28)');
        expect(await violationsOf(page, RULES[`${width} ${colorScheme}`])).toEqual([]);
      });

      test('clips and covers no label of a figure', async () => {
        expect(await layoutFlawsOf(page)).toEqual([]);
      });
    });

    test('shows a tooltip for the mark under the pointer', async () => {
      const page = await open();
      const mark = page.locator('#loss [role="graphics-symbol"]').last();
      await mark.hover();
      const tooltip = await page.locator('#tooltip').textContent();
      expect(tooltip).toMatch(/^epoch 3, validation: \d\.\d{4}$/);
      expect(tooltip).toBe(await mark.getAttribute('aria-label'));
      await page.locator('h1').hover();
      expect(await page.locator('#tooltip').isHidden()).toBe(true);
      await page.close();
    });

    test('opens the example images for a cell of the confusion matrix', async () => {
      const page = await open();
      const entry = page.locator('#cell-3-3');
      expect(await entry.isVisible()).toBe(false);
      await page.locator('#confusion-counts a[*|href="#cell-3-3"]').click();
      await entry.locator('image').first().waitFor();
      expect(await entry.locator('image').count()).toBeGreaterThan(0);
      await page.close();
    });

    test('is complete without scripts', async () => {
      const page = await open({ javaScriptEnabled: false });
      await page.locator('details > summary').click();
      expect(await page.locator('#cell-3-3').isVisible()).toBe(true);
      const figures = page.locator('figure');
      for (let index = 0; index < (await figures.count()); index++) {
        expect((await figures.nth(index).boundingBox())?.height).toBeGreaterThan(50);
      }
      await page.close();
    });
  },
);
