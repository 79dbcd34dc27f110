/** The process that measures Inkling in a page in headless Chromium, which is isolated, so that it can use threads. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../chromium.js';
import type { Job } from '../protocol.js';
import { serve } from '../serve.js';
import { ROOT } from '../system.js';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
const PAGE = '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>';

await serve(async (job) => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium in PATH; install it');
  const address = await startSite(job);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  page.on('pageerror', ({ message }) => {
    console.error(`Error: ${message}`);
    process.exit(1);
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: job.threads });
  await page.goto(address);
  const ready = await page.waitForFunction<number>('globalThis.checkValue', undefined, { timeout: 0 });
  return { checkValue: await ready.jsonValue(), work: () => page.evaluate<number>('work()') };
});

/** Serves the page, the job with its fixture, and the library in one file with its workers. */
async function startSite(job: Job): Promise<string> {
  const contentOf = (path: string): string | Buffer => {
    if (path === '/') return PAGE;
    if (path === '/job.json') return JSON.stringify(job);
    if (path === '/page.js') return readFileSync(join(ROOT, 'bench', 'browsers', 'page.js'));
    const name = path.slice(path.lastIndexOf('/') + 1);
    return path.startsWith('/fixture/')
      ? readFileSync(join(job.folder, name))
      : readFileSync(join(ROOT, 'dist', 'standalone', name));
  };
  const server = createServer(({ url = '/' }, response) => {
    try {
      const content = contentOf(url);
      response.writeHead(200, {
        'Content-Type': url === '/' ? 'text/html' : (TYPES[extname(url)] ?? 'application/octet-stream'),
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((started) => server.listen(0, '127.0.0.1', started));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
