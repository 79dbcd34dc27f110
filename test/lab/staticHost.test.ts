import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../helpers/browser.js';
import { serveFolder } from '../helpers/site/staticServer.js';
import { SOFTWARE_ADAPTER } from '../helpers/webgpu/gpuPage.js';
import { savedFile, train, useDigits } from './servedLab.js';

const executablePath = findBrowser();
const FOLDER = 'dist/lab';
const USE_GPU = 'Use the graphics processor if it is faster';
/** What the program that trains on a GPU says in Chromium without one. */
const COMPARED = /^Device: CPU \(\d+ threads?\): .*computes on the processor/;
const NOTICE = 'Training uses one thread';

test('all files that the lab loads at first take at most 400 kB, compressed', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.gz') && !/offlineProgram|gpuWorker/.test(name),
  );
  expect(files.length).toBeGreaterThan(10);
  const total = files.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  expect(total).toBeLessThanOrEqual(400_000);
});

describe.skipIf(executablePath === undefined)('on a host that sends no headers (needs Chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: SOFTWARE_ADAPTER });
  });
  afterAll(async () => {
    await browser.close();
  });

  test('the service worker isolates the lab, which then works offline', async () => {
    const server = await serveFolder(FOLDER);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/#data`);
    await page.waitForFunction(() => crossOriginIsolated);
    server.close();
    await context.setOffline(true);
    await page.reload();
    await useDigits(page, 'Training');
    await train(page, 1);
    expect(await page.getByText(NOTICE).count()).toBe(0);
    // What trains on a GPU was never needed, and is not there.
    await page.getByLabel(USE_GPU).check();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText(/^Device: CPU: the worker for a GPU does not start here: /).waitFor();
    await page.getByText('Finished').waitFor();
    await context.close();
  });

  test('what trains on a GPU is loaded when it is used, and works offline afterwards', async () => {
    const server = await serveFolder(FOLDER);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/#data`);
    await page.waitForFunction(() => crossOriginIsolated);
    await useDigits(page, 'Training');
    await page.getByLabel(USE_GPU).check();
    await train(page, 1);
    await page.getByText(COMPARED).waitFor();
    server.close();
    await context.setOffline(true);
    await page.reload();
    await page.getByText('Finished').waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('(2) (current)').waitFor();
    await page.getByText('Finished').waitFor();
    await page.getByText(COMPARED).waitFor();
    await context.close();
  });

  test('the lab trains with one thread, and says so, without a service worker', async () => {
    const server = await serveFolder(FOLDER);
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(`${server.url}/#data`);
    await useDigits(page, 'Training');
    await page.getByText(NOTICE).waitFor();
    await train(page, 1);
    expect(await page.locator('.facts div', { hasText: 'Threads' }).locator('dd').textContent()).toBe('1');
    // Without ONNX Runtime, Inkling checks the file.
    await page.getByRole('link', { name: 'Next: Try' }).click();
    await savedFile(page, 'Save as ONNX', 'report-cnn-digits.onnx');
    await page.getByText(/^Checked: Inkling .+ the outputs of 20 test images; .+ at most \d/).waitFor();
    await context.close();
    server.close();
  });
});
