import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The reason why tests of a page are skipped. */
export const noBrowser = 'no Chromium in PATH; "apt-get install chromium" installs it';

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
