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
import { readClassifier } from '#inkling/report/html/readClassifier.js';
import { encode as encodePng } from 'fast-png';
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
      writeFileSync(file, renderPage(document, await drawFigures(document), await readClassifier()));
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

    describe('with a script', () => {
      let page: Page;
      beforeAll(async () => {
        page = await open({ viewport: { width: 1000, height: 800 } });
      });
      const tooltip = () => page.locator('#tooltip');

      test('shows the values of all curves near the pointer', async () => {
        const mark = page.locator('#loss [role="graphics-symbol"]').last();
        await mark.scrollIntoViewIfNeeded();
        const box = await mark.boundingBox();
        await page.mouse.move((box?.x ?? 0) - 12, (box?.y ?? 0) + 5);
        expect(await tooltip().textContent()).toMatch(
          /^epoch 3, training: \d\.\d{4}\nepoch 3, validation: \d\.\d{4}$/,
        );
        await page.mouse.move((box?.x ?? 0) - 80, (box?.y ?? 0) + 5);
        expect(await tooltip().isHidden()).toBe(true);
        await page.locator('#ranking-curves [role="graphics-symbol"]').first().hover({ force: true });
        expect(await tooltip().textContent()).toMatch(
          /: false positive rate 0\.\d{3}, true positive rate 0\.\d{3}/,
        );
        // Of a curve that is vertical, a single point.
        const titles = new Set<string>();
        for (const point of await page.locator('#ranking-curves [role="graphics-symbol"]').all()) {
          await point.hover({ force: true });
          const lines = (await tooltip().textContent())?.split('\n') ?? [];
          const curves = lines.map((line) => line.replaceAll(/\d/g, ''));
          expect(new Set(curves).size, lines.join()).toBe(lines.length);
          for (const line of lines) titles.add(line.split(':')[0]);
        }
        expect(titles.size).toBe(2);
        expect([...titles].filter((title) => title.includes('Title'))).toEqual([]);
        // Two diagrams side by side, of which the titles are no values.
        const points = await page.locator('#reliability [aria-roledescription="point"]').all();
        for (const point of points) {
          await point.hover({ force: true });
          const label = (await point.getAttribute('aria-label')) ?? '';
          expect(await tooltip().textContent()).toBe(label);
          expect(label).toMatch(/^\d+ images? with a mean confidence of /);
        }
        expect(points.length).toBeGreaterThan(1);
      });

      test('reads them with the arrow keys', async () => {
        const frame = page.locator('#loss > .scrollable');
        await frame.focus();
        expect(await frame.getAttribute('aria-label')).toMatch(/^Figure \d+: arrow keys read its values$/);
        for (const key of ['End', 'ArrowRight', 'ArrowLeft']) await frame.press(key);
        expect(await page.locator('#spoken').textContent()).toMatch(
          /^epoch 2, training: .*\nepoch 2, validation: /,
        );
        await page.locator('#confusion-counts a').first().focus();
        expect(await tooltip().textContent()).toMatch(/ predicted as .*: \d+/);
      });

      test('sorts tables by numbers and by texts', async () => {
        const table = page.locator('#class-metrics-table');
        const column = async (index: number) =>
          table.locator(`tbody td:nth-child(${index})`).allTextContents();
        const original = await column(1);
        const recall = table.locator('th button', { hasText: 'Recall' });
        const state = () => table.locator('th[aria-sort]:not([aria-sort=none])').getAttribute('aria-sort');
        const numbers = (await column(3)).map((text) => Number.parseFloat(text)).sort((a, b) => a - b);
        const shown = async () => (await column(3)).map((text) => Number.parseFloat(text));
        await recall.click();
        expect([await state(), await shown()]).toEqual(['ascending', numbers]);
        await recall.press('Enter');
        expect([await state(), await shown()]).toEqual(['descending', numbers.toReversed()]);
        await recall.click();
        expect(await column(1)).toEqual(original);
        // Counts with thousands separators, below which the sum stays.
        const modules = page.locator('#modules');
        await modules.locator('th button', { hasText: 'Parameters' }).click();
        const parameters = await modules.locator('tbody td:nth-child(5)').allTextContents();
        const counts = parameters.slice(0, -1).map((text) => Number(text.replace(',', '')));
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
        expect(parameters.at(-1)).toBe('25,386');
        expect(await page.locator('#comparison-table button').count()).toBe(0);
        // Numbers, shapes, and names in one column.
        expect(await page.locator('#dataset-summary th button').allTextContents()).toEqual(['Property']);
        expect(await page.locator('#settings th button').allTextContents()).toEqual(['Setting']);
      });

      test('classifies what is drawn and dropped, with the network in the file', async () => {
        await page.locator('#classifier').scrollIntoViewIfNeeded();
        const inner = page.frameLocator('#classifier iframe');
        const headline = inner.locator('.prediction');
        const canvas = inner.locator('canvas').first();
        await canvas.scrollIntoViewIfNeeded();
        const box = await canvas.boundingBox();
        if (box === null) throw new Error('no canvas');
        const x = box.x + box.width / 2;
        await page.mouse.move(x, box.y + 0.2 * box.height);
        await page.mouse.down();
        await page.mouse.move(x, box.y + 0.8 * box.height, { steps: 12 });
        await page.mouse.up();
        await expect.poll(() => headline.textContent()).toMatch(/confidence: \d|Not sure/i);
        await inner.locator('button', { hasText: 'Clear' }).click();
        await expect.poll(() => headline.textContent()).toContain('?');
        const pixels = new Uint8Array(28 * 28).map((_, i) => (i % 28 > 12 && i % 28 < 16 ? 0 : 255));
        const file = Buffer.from(encodePng({ data: pixels, width: 28, height: 28, channels: 1 })).toString(
          'base64',
        );
        await inner.locator('main').evaluate(async (main, png) => {
          const blob = await new Promise<Blob>((resolve) => {
            const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
            resolve(new Blob([bytes], { type: 'image/png' }));
          });
          const data = new DataTransfer();
          data.items.add(new File([blob], 'one.png', { type: 'image/png' }));
          main.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }, file);
        await expect.poll(() => headline.textContent()).toMatch(/confidence: \d|Not sure/i);
        const frame = await page
          .locator('#classifier iframe')
          .evaluate((each) => [
            (each as HTMLIFrameElement).contentDocument?.documentElement.scrollHeight ?? 0,
            each.clientHeight,
          ]);
        expect(frame[0]).toBeLessThanOrEqual(frame[1] + 1);
      });
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
