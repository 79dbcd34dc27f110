import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, noBrowser } from '../helpers/browser.js';
import { run } from './app.js';
import { buildProject, packPackage } from './projects.js';
import { report } from './report.js';
import { ISOLATED, serveFolder } from '../helpers/site/staticServer.js';

const executablePath = findBrowser();
if (executablePath === undefined) console.warn(`Tests of bundlers are skipped: ${noBrowser}`);

/** What the pages of a browser extension may load. */
const EXTENSION = { 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" };

/** What precedes the minutes of training in the table of runs: the date. */
const MINUTES_AFTER_DATE = /(<td class="left">\d{4}-\d\d-\d\d<\/td><td class="right">)\d+(?:\.\d+)?/g;

/** Each element of a report on its own, for a short difference, without the time that training took. */
function elementsOf(html: string): string[] {
  return html
    .replaceAll(/(training took) .*?(?=\. )|\d+\.\d\ss\b/gi, '$1')
    .replaceAll(MINUTES_AFTER_DATE, '$1')
    .split(/(?=<)/);
}

/** A report without the section in which its reader tries the network, which only reports made in Node.js have, and what it needs. */
function withoutNetwork(html: string): string {
  return html
    .replace(/<section id="try">[^]*?<\/script><\/section>/, '')
    .replace(/<li><a href="#try">.*?<\/li>/, '')
    .replace(' blob:', '')
    .replace(' &#39;wasm-unsafe-eval&#39;', '');
}

/** What the application computes, except for what depends on where it runs. */
type Result = Pick<Awaited<ReturnType<typeof run>>, 'epochs' | 'losses' | 'bits' | 'prediction'>;

describe.skipIf(executablePath === undefined)('an application trains and classifies as in Node.js', () => {
  let browser: Browser;
  let tarball: string;
  let expected: Result;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '' });
    tarball = packPackage();
    const { epochs, losses, bits, prediction } = await run();
    expected = { epochs, losses, bits, prediction };
  });

  afterAll(async () => {
    await browser.close();
    rmSync(dirname(tarball), { recursive: true });
  });

  /** Opens a page that was built, and returns what its application computed. */
  async function resultOf(folder: string, headers: Readonly<Record<string, string>> = {}, path = '') {
    const server = await serveFolder(folder, headers);
    const page = await browser.newPage();
    try {
      await page.goto(`${server.url}/${path}`);
      const result = await page.waitForFunction(() => (window as { result?: unknown }).result, undefined, {
        timeout: 60_000,
      });
      return await result.jsonValue();
    } finally {
      await page.close();
      server.close();
    }
  }

  describe('also', () => {
    let folder: string;

    beforeAll(() => {
      folder = buildProject('esbuild', tarball);
    });

    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    const resultAt = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      resultOf(join(folder, 'out'), headers, path);

    test('in a worker of the application', async () => {
      expect(await resultAt('worker.html')).toMatchObject({ ...expected, threads: 1 });
      expect(await resultAt('worker.html', ISOLATED)).toMatchObject(expected);
    });

    test('in a service worker', async () => {
      const limitation = 'this runtime cannot start workers';
      expect(await resultAt('serviceWorker.html')).toEqual({ ...expected, threads: 1, limitation });
    });

    test('on a page that may not start workers from blobs, such as one of an extension', async () => {
      const result = await resultAt('', EXTENSION);
      expect(result).toMatchObject({ ...expected, threads: 1 });
      expect((result as { limitation: string }).limitation).toContain(
        'the browser does not start workers here',
      );
    });

    test('makes the same report as in Node.js, apart from the time that training took', async () => {
      const inNode = await report();
      const inPage = (await resultAt('report.html')) as typeof inNode & { readonly errors: unknown };
      expect(elementsOf(inPage.html)).toEqual(elementsOf(withoutNetwork(inNode.html)));
      expect(inNode.html).toContain('The network classifies ');
      expect(inPage.hasPdf).toBe(false);
      expect(inPage.figures).toEqual(inNode.figures.filter((name) => name.endsWith('.svg')));
      expect(inPage.errors).toEqual([
        expect.stringContaining('UnsupportedError: report: run folders can be read only in Node.js'),
        expect.stringContaining('UnsupportedError: writeReport: files can be written only in Node.js'),
      ]);
    });

    test('says why a page that may not compile JavaScript has no report', async () => {
      expect(await resultAt('report.html', EXTENSION)).toEqual({
        error: expect.stringContaining(
          'UnsupportedError: report: this runtime or its Content Security Policy forbids JavaScript',
        ) as string,
      });
    });
  });

  const projects = readdirSync(fileURLToPath(new URL('projects', import.meta.url)));
  test.each(projects)('%s', async (name) => {
    const folder = buildProject(name, tarball);
    const out = join(folder, 'out');
    expect(await resultOf(out)).toEqual({
      ...expected,
      threads: 1,
      limitation: expect.any(String) as string,
    });
    expect(await resultOf(out, ISOLATED)).toMatchObject(expected);
    rmSync(folder, { recursive: true });
  });
});
