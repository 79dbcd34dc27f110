/**
 * Measures the lab in headless Chromium, with the built-in digits and the report's CNN: the first load, the first epoch, whether the page
 * stays responsive while it trains, and its memory. Writes a record: `npm run bench:lab -- FILE.json`.
 */
import { writeFileSync } from 'node:fs';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { startLab } from '#inkling/server/pages/startLab.js';
import { findChromium } from '../chromium.js';
import { describeEnvironment } from '../environment.js';
import { firstEpoch, observe, type Responsiveness } from './responsiveness.js';

const TRAININGS = 10;
const EPOCHS = 4;
/** Between two measurements of the delay of the event loop. */
const SAMPLE_MS = 10;
const MEGABYTE = 2 ** 20;

await main(process.argv.at(2));

async function main(file: string | undefined): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium in PATH; install it');
  const environment = describeEnvironment();
  const lab = await startLab({ host: '127.0.0.1', port: 0, log: () => undefined });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const record = {
      command: 'npm run bench:lab',
      date: new Date().toISOString(),
      ...environment,
      chromium: browser.version(),
      ...(await measure(browser, lab.url)),
    };
    const json = `${JSON.stringify(record, undefined, 2)}\n`;
    if (file === undefined) process.stdout.write(json);
    else writeFileSync(file, json);
  } finally {
    await browser.close();
    await lab.close();
  }
}

async function measure(browser: Browser, url: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const devtools = await page.context().newCDPSession(page);
  const firstLoad = await load(page, devtools, url);
  await page.getByRole('button', { name: 'Use the built-in digits' }).click();
  await page.getByRole('button', { name: 'Show all 250' }).first().waitFor();
  await page.getByRole('link', { name: 'Training', exact: true }).click();
  await page.getByLabel('Epochs').fill(String(EPOCHS));
  const trainings = [];
  for (let position = 0; position < TRAININGS; position++) {
    const training = await trainOnce(page, position === 0 ? 'Start' : 'Start over');
    trainings.push({ ...training, memoryMegabytes: await memoryOf(devtools) });
  }
  return { epochs: EPOCHS, firstLoad, trainings };
}

/** The files that the page loads before it can be used, as they are transferred. */
async function load(page: Page, devtools: CDPSession, url: string) {
  let [files, bytes] = [0, 0];
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    files++;
    bytes += encodedDataLength;
  });
  await devtools.send('Network.enable');
  await page.goto(`${url}/#data`);
  await page.getByRole('button', { name: 'Use the built-in digits' }).waitFor();
  await devtools.send('Network.disable');
  return { files, bytes };
}

async function trainOnce(page: Page, button: 'Start' | 'Start over') {
  await page.evaluate(observe, SAMPLE_MS);
  const firstEpochSeconds = await page.evaluate(firstEpoch, button);
  await page.getByText('Finished').waitFor({ timeout: 300_000 });
  const responsiveness = await page.evaluate<Responsiveness>('window.responsiveness()');
  const speed = page.getByText('Images per second', { exact: true }).locator('xpath=following::dd').first();
  const imagesPerSecond = Number((await speed.textContent())?.replace(/\D/g, ''));
  return { firstEpochSeconds, imagesPerSecond, ...responsiveness };
}

/** The memory of the page, after garbage was collected, in MB; the worker that has trained has none anymore. */
async function memoryOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  return (usedSize + embedderHeapUsedSize + backingStorageSize) / MEGABYTE;
}
