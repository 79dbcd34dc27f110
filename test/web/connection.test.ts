import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { startServer } from '#inkling/server/startServer.js';
import { findBrowser, openPage } from '../helpers/browser.js';
import { run, sharedFolder } from '../helpers/run.js';

const executablePath = findBrowser();
const KEY = 'correct-horse';
const runDir = sharedFolder();

/** Starts a server that is closed when the test ends, if not before. */
async function serve(options: { port?: number; apiKey?: string; runDir?: string } = {}) {
  const { url, close } = await startServer(readTrainedModel(PRETRAINED_RUN), {
    host: '127.0.0.1',
    port: 0,
    runDir: 'none',
    environment: {},
    log: () => undefined,
    ...options,
  });
  let isOpen = true;
  const stop = async () => {
    if (isOpen) await close();
    isOpen = false;
  };
  onTestFinished(stop);
  return { url, stop };
}

describe.skipIf(executablePath === undefined)('the page and its server (needs Chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '' });
  });
  afterAll(async () => {
    await browser.close();
  });

  // The browser logs failed requests, which are expected here.
  const open = (url: string, route: string): Promise<Page> =>
    openPage(browser, `${url}/`, route, {}, () => undefined);

  test('opens the report of a run, and saves its files with the API key', async () => {
    const { folder } = await run(runDir, { name: 'mine', epochs: 1 });
    writeFileSync(
      join(folder, 'report.html'),
      '<title>My report</title><script>document.title += origin</script>',
    );
    const weights = readFileSync(join(folder, 'checkpoints', 'best.safetensors'));
    const unguarded = await serve({ runDir });
    const page = await open(unguarded.url, 'runs/mine-1');
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: /^Report/ }).click();
    // Its scripts run without the rights of the page.
    await expect.poll(async () => (await opened).title()).toBe('My reportnull');

    const guarded = await serve({ runDir, apiKey: KEY });
    const other = await open(guarded.url, 'runs/mine-1');
    await other.getByLabel('API key').fill(KEY);
    await other.getByRole('button', { name: 'Continue' }).click();
    const saved = other.waitForEvent('download');
    await other.getByRole('link', { name: /^Weights/ }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('mine-1-best.safetensors');
    expect(readFileSync(await download.path()).equals(weights)).toBe(true);
  });

  test('asks for the API key, and stores it for the life of the tab', async () => {
    const { url } = await serve({ apiKey: KEY });
    const page = await open(url, 'draw');
    await page.getByLabel('API key').fill('wrong-horse');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('The server does not accept this key.').waitFor();
    await page.getByLabel('API key').fill(KEY);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.canvas').waitFor();
    await page.goto(`${url}/#runs`);
    await page.getByText('There are no runs yet').waitFor();
    await page.reload();
    await page.getByText('There are no runs yet').waitFor();
    const other = await open(url, 'runs');
    await other.getByLabel('API key').waitFor();
  });

  test(
    'reports that the server is gone, keeps what it shows, and reconnects',
    { timeout: 30_000 },
    async () => {
      const { url, stop } = await serve();
      const page = await open(url, 'runs');
      const runs = page.getByText('There are no runs yet');
      await runs.waitFor();
      await stop();
      const notice = page.getByText('The server cannot be reached. Reconnecting…');
      await notice.waitFor();
      expect(await runs.count()).toBe(1);
      await serve({ port: Number(new URL(url).port) });
      await notice.waitFor({ state: 'detached' });
      expect(await runs.count()).toBe(1);
    },
  );
});
