import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Why a test of a page is skipped. */
export const noBrowser = 'no Chromium in PATH; "apt-get install chromium" brings it';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine; says so where there is none. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found === undefined) console.warn(`The page is not tested: ${noBrowser}`);
  return found;
}

/**
 * Opens a page at a place behind `#`.
 *
 * @param complain is told what goes wrong: errors on the console, and requests to other addresses than those that begin as the
 * page's own
 */
export async function openPage(
  browser: Browser,
  address: string,
  place: string,
  options: BrowserContextOptions | undefined,
  complain: (text: string) => void,
): Promise<Page> {
  const page = await browser.newPage(options);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(message.text());
  });
  page.on('pageerror', (error) => {
    complain(error.message);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith('data:') && !url.startsWith('blob:')) complain(url);
  });
  await page.goto(`${address}#${place}`);
  return page;
}
