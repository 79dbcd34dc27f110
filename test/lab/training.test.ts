import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, violationsOf } from '../helpers/browser.js';
import { SOFTWARE_ADAPTER } from '../helpers/webgpu/gpuPage.js';
import { savedIndex, savedModel, serveLab, train, useDigits } from './servedLab.js';
import { trainedInNode } from './trainedInNode.js';

const executablePath = findBrowser();
const EPOCHS = 8;
/** Of the training during which nothing is shown. */
const FEW_EPOCHS = 4;
const TRAININGS = 10;
const SLEEP_MS = 1000;
/** Ten runs keep their weights and curves, of less than half a megabyte each. */
const MAX_GROWTH = 8 * 2 ** 20;

describe.skipIf(executablePath === undefined)('training in the lab (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    lab = await serveLab(executablePath ?? '', SOFTWARE_ADAPTER);
  });
  afterEach(() => {
    expect(lab.problems.splice(0)).toEqual([]);
  });

  test('runs are compared, on phones and in wide windows', async () => {
    const page = await lab.open('data', { viewport: { width: 360, height: 800 } });
    await useDigits(page, 'Network');
    await page.getByLabel('Start from').selectOption('mlp');
    await page.getByRole('link', { name: 'Next: Training' }).click();
    await train(page, 2);
    for (const rate of ['0.003', '0.01']) {
      await page.getByRole('combobox', { name: 'Learning rate' }).selectOption(rate);
      await page.getByRole('button', { name: 'Start over' }).click();
      await page.getByText(`mlp, learning rate ${rate} (current)`).waitFor();
      await page.getByText('Finished').waitFor();
    }
    const rows = page.locator('.runs tbody tr');
    const cells = await rows.evaluateAll((all) =>
      all.map((row) =>
        [...row.querySelectorAll('th, td')].slice(0, 3).map((cell) => cell.textContent.trim()),
      ),
    );
    expect(cells).toEqual([
      ['mlp, learning rate 0.001', 'MLP: no convolutions', 'learning rate 0.001'],
      ['mlp, learning rate 0.003', 'MLP: no convolutions', 'learning rate 0.003'],
      ['mlp, learning rate 0.01 (current)', 'MLP: no convolutions', 'learning rate 0.01'],
    ]);
    const accuracy = page.getByRole('img', { name: /^Accuracy by epoch/ });
    const lines = () => accuracy.locator('polyline').count();
    expect(await lines()).toBe(4);
    expect(await accuracy.getAttribute('aria-label')).toMatch(
      /; mlp, learning rate 0.001 from [\d.]+\s% to /,
    );
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page)).toEqual([]);
      }
    }
    await page.getByRole('checkbox', { name: 'mlp, learning rate 0.003' }).uncheck();
    expect(await lines()).toBe(3);
    await page.getByRole('button', { name: 'Forget “mlp, learning rate 0.001”' }).click();
    expect(await lines()).toBe(2);
    expect(await rows.count()).toBe(2);
    await page.close();
  });

  test('a training that a reload interrupts continues, and ends with the same weights', async () => {
    const page = await lab.open('data');
    await useDigits(page, 'Training');
    await page.getByLabel('Epochs').fill(String(EPOCHS));
    const usesGpu = page.getByLabel('Use the graphics processor if it is faster');
    await usesGpu.check();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    // WebGPU that computes on the processor is not a faster device.
    const choice = page.getByText(/^Device: CPU \(\d+ threads?\): .*computes on the processor/);
    await choice.waitFor();
    const before = await savedIndex(page, ({ runs }) => runs.at(0)?.state !== undefined);
    expect(before.runs[0].epochs.length).toBeLessThan(EPOCHS);
    await page.reload();
    await page.getByText('Finished').waitFor();
    const after = await savedIndex(page, ({ runs: [run] }) => run.phase === 'done');
    // A training from the start would have taken other times.
    expect(after.runs[0].epochs.slice(0, before.runs[0].epochs.length)).toEqual(before.runs[0].epochs);
    expect(after.runs[0].epochs.length).toBe(EPOCHS);

    // Everything is there again after another reload, and nothing has changed.
    await page.reload();
    await page.getByText('Finished').waitFor();
    expect(await page.getByText('have changed').count()).toBe(0);
    expect([await usesGpu.isChecked(), await choice.count()]).toEqual([true, 1]);
    expect(
      await page
        .getByRole('img', { name: /^Accuracy/ })
        .locator('.other circle')
        .count(),
    ).toBe(EPOCHS);
    await page.getByRole('link', { name: 'Next: Try' }).click();
    await page.getByText(/of 500 are correct/).waitFor();
    expect((await savedModel(page, 'report-cnn-digits.safetensors')).weights).toEqual(
      (await trainedInNode(EPOCHS)).weights,
    );
    await page.close();
  });

  test('a training survives a tab in the background and a computer that sleeps, with the same weights', async () => {
    const context = await lab.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${lab.address}/#data`);
    await useDigits(page, 'Training');
    await page.getByLabel('Epochs').fill(String(FEW_EPOCHS));
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText(/^Training: Epoch [12] of 4/).waitFor();
    const front = await context.newPage();
    await front.bringToFront();
    // A hidden tab has no animation frames. Without a window, browsers hide none.
    await page.evaluate(() => {
      globalThis.requestAnimationFrame = () => 0;
    });
    await sleep(lab.browser, SLEEP_MS);
    await page.waitForFunction(() => document.body.textContent.includes('Finished'), undefined, {
      polling: 100,
    });
    await page.reload();
    await page.getByText('Finished').waitFor();
    await page.getByRole('link', { name: 'Next: Try' }).click();
    expect((await savedModel(page, 'report-cnn-digits.safetensors')).weights).toEqual(
      (await trainedInNode(FEW_EPOCHS)).weights,
    );
    await context.close();
  });

  test('memory stays flat over ten trainings', async () => {
    const page = await lab.open('data');
    await useDigits(page, 'Network');
    await page.getByLabel('Start from').selectOption('mlp');
    await page.getByRole('link', { name: 'Next: Training' }).click();
    await train(page, 1);
    const devtools = await page.context().newCDPSession(page);
    const memory = async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize, embedderHeapUsedSize, backingStorageSize } =
        await devtools.send('Runtime.getHeapUsage');
      return usedSize + embedderHeapUsedSize + backingStorageSize;
    };
    let first = 0;
    for (let i = 1; i < TRAININGS; i++) {
      await page.getByRole('button', { name: 'Start over' }).click();
      await page.getByText(`(${i + 1}) (current)`).waitFor();
      await page.getByText('Finished').waitFor();
      if (i === 2) first = await memory();
    }
    expect((await memory()) - first).toBeLessThan(MAX_GROWTH);
    await page.close();
  });

  test('only the first of several tabs keeps its state, and all of it can be removed', async () => {
    const context = await lab.browser.newContext();
    const first = await context.newPage();
    await first.goto(`${lab.address}/#data`);
    await first.getByLabel('Name of the class').first().fill('kept');
    await first.keyboard.press('Tab');
    await savedIndex(first, () => true);
    const second = await context.newPage();
    await second.goto(first.url());
    await second.getByText('The lab is open in another tab').waitFor();
    expect(await second.getByLabel('Name of the class').first().inputValue()).toBe('circle');
    await second.getByLabel('Name of the class').first().fill('lost');
    await second.keyboard.press('Tab');
    await first.close();
    await second.reload();
    const name = second.getByLabel('Name of the class').first();
    await name.waitFor();
    expect(await name.inputValue()).toBe('kept');
    expect(await second.getByText('another tab').count()).toBe(0);

    await second.getByRole('button', { name: 'Remove everything from this device' }).click();
    expect(await violationsOf(second)).toEqual([]);
    await second.getByRole('button', { name: 'Remove everything', exact: true }).click();
    await second.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.class-name-input')?.value === 'circle',
    );
    expect(await filesIn(second)).toEqual([]);
    await context.close();
  });

  test('what is damaged is removed, with a notice', async () => {
    const page = await lab.open('data');
    await page.getByLabel('Name of the class').first().fill('kept');
    await page.keyboard.press('Tab');
    await savedIndex(page, () => true);
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('inkling-lab');
      const writable = await (await folder.getFileHandle('index')).createWritable();
      await writable.write('damaged');
      await writable.close();
    });
    await page.reload();
    await page.getByText('What was kept on this device was damaged').waitFor();
    expect(await page.getByLabel('Name of the class').first().inputValue()).toBe('circle');
    expect(await filesIn(page)).toEqual([]);
    await page.close();
  });

  test('without storage, the lab says so, and trains', async () => {
    const page = await lab.open('data');
    await page.addInitScript(() => {
      Object.defineProperty(StorageManager.prototype, 'getDirectory', {
        value: () => Promise.reject(new DOMException('not allowed', 'SecurityError')),
      });
    });
    await page.reload();
    await page.getByText('This browser keeps nothing here').waitFor();
    await useDigits(page, 'Training');
    await train(page, 1);
    await page.close();
  });
});

/** Suspends all processes of a browser for a while, as a computer that sleeps does. */
async function sleep(browser: Browser, milliseconds: number): Promise<void> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const { id } of processInfo) process.kill(id, name);
  };
  signal('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  signal('SIGCONT');
  await devtools.detach();
}

/** The names of the files that the lab has saved. */
async function filesIn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('inkling-lab');
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
}
