import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The reason why tests of a page are skipped. */
export const noBrowser = 'no Chromium in PATH; "apt-get install chromium" installs it';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path to a browser; warns when there is none. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found === undefined) console.warn(`The page is not tested: ${noBrowser}`);
  return found;
}

/**
 * Opens a route of a page.
 *
 * @param address the page's URL without a fragment
 * @param route the fragment
 * @param onProblem receives errors on the console and requests to URLs that do not start with the address
 */
export async function openPage(
  browser: Browser,
  address: string,
  route: string,
  options: BrowserContextOptions | undefined,
  onProblem: (text: string) => void,
): Promise<Page> {
  const page = await browser.newPage(options);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) onProblem(message.text());
  });
  page.on('pageerror', (error) => {
    onProblem(error.message);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith('data:') && !url.startsWith('blob:')) onProblem(url);
  });
  await page.goto(`${address}#${route}`);
  return page;
}

/** What is wrong with a page, according to axe, and whether it is wider than the window. */
export async function violationsOf(page: Page): Promise<string[]> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axe);
  // What axe has found to be right is much more, and takes longer to return than to find.
  const violations = await page.evaluate<AxeResults['violations']>(
    'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)',
  );
  const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
  return overflow > 0 ? [`${overflow} pixels too wide`, ...found] : found;
}

/**
 * Draws a line with the mouse.
 *
 * @param points in pixels of the window
 */
export async function drawWithMouse(
  page: Page,
  points: readonly { readonly x: number; readonly y: number }[],
): Promise<void> {
  const [first, ...rest] = points;
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  // The browser answers each move with the next frame, and combines those that it receives before.
  await Promise.all(rest.map(({ x, y }) => page.mouse.move(x, y)));
  await page.mouse.up();
}

/**
 * Moves a finger over a page, and rests before lifting it, as a browser stops what is still moving with the next tap.
 *
 * @param points in pixels of the window
 */
export async function moveFinger(
  page: Page,
  points: readonly { readonly x: number; readonly y: number }[],
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [points[0]]);
  for (const point of points.slice(1)) await touch('touchMove', [point]);
  const end = points[points.length - 1];
  for (let i = 0; i < 12; i++) await touch('touchMove', [{ x: end.x + (i % 2), y: end.y }]);
  await touch('touchEnd', []);
  await session.detach();
}
