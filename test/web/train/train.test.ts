import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readSavedModel } from '#inkling/predict/load.js';
import { readRun } from '#inkling/runs/readRun.js';
import { inkling } from '../../cli/capture.js';
import { findBrowser } from '../../helpers/browser.js';
import { sharedFolder } from '../../helpers/run.js';
import { SAMPLE, sampleRuns } from '../sampleRuns.js';
import { servePage, type ServedPage } from '../servedPage.js';

const browser = findBrowser();

describe.skipIf(browser === undefined)('training (needs Chromium)', () => {
  const [runDir, otherDir] = [sharedFolder(), sharedFolder()];
  let served: ServedPage;
  let page: Page;
  let path: string;
  beforeAll(async () => {
    const [{ summary }] = await sampleRuns(runDir);
    path = summary.dataset.source.location;
    served = await servePage(browser ?? '', runDir);
  });
  afterEach(async () => {
    await page.close();
    expect(served.problems()).toEqual([]);
  });

  const start = async (epochs: number, model: string, dataset = SAMPLE, learningRate = 0.001) => {
    await page.getByLabel('Data set').selectOption(dataset);
    await page.getByLabel('Network').selectOption(model);
    await page.getByLabel('Epochs').fill(String(epochs));
    await page.getByLabel('Learning rate').fill(String(learningRate));
    await page.getByRole('button', { name: 'Start training' }).click();
  };
  /** The row of a training, by its number. */
  const row = (number: number) => page.locator('table.runs tbody tr').nth(-number);

  test('trains like inkling train, and shows the run while it trains', async () => {
    page = await served.open('runs');
    await page.getByRole('link', { name: 'Train a network' }).click();
    await start(2, 'mlp');
    await page.getByRole('link', { name: `mlp-${SAMPLE}-1` }).click();
    await page.locator('.badge', { hasText: 'done' }).waitFor();
    const expected = await inkling([
      ...['train', '--model', 'mlp', '--dataset', path, '--epochs', '2', '--lr', '0.001'],
      ...['--run-dir', otherDir],
    ]);
    expect(expected.code).toBe(0);
    const [mine, other] = [runDir, otherDir].map((folder) => join(folder, `mlp-${SAMPLE}-1`));
    expect(readRun(mine).config).toEqual({ ...readRun(other).config, runDir });
    expect(readSavedModel(mine).weights).toEqual(readSavedModel(other).weights);
    expect(readRun(mine).summary?.test).toEqual(readRun(other).summary?.test);
    expect(readRun(mine).summary?.command).toBe('inkling serve');
  });

  test('trains one run at a time, stops it, and says why a training failed', async () => {
    page = await served.open('train');
    await start(1000, 'mlp');
    await start(1, 'resnet-18');
    await start(1, 'mlp', 'digits', 1e30);
    await row(2)
      .getByRole('link', { name: `mlp-${SAMPLE}-2` })
      .click();
    await page.locator('.live').waitFor();
    await page.getByRole('button', { name: 'Stop training 2' }).click();
    await page.locator('.badge', { hasText: 'interrupted' }).waitFor();
    await page.goBack();
    await row(3).locator('.badge', { hasText: 'failed' }).waitFor();
    expect(await row(3).textContent()).toContain('resnet-18');
    await row(4).locator('.badge', { hasText: 'failed' }).waitFor();
    expect(await row(4).locator('.problem').textContent()).toContain('loss');
    await row(4).getByRole('link').click();
    await page.locator('.badge', { hasText: 'diverged' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('loss');
  });

  test('shows what is wrong with a setting', async () => {
    page = await served.open('train');
    await start(0, 'mlp');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toBe('config: epochs: expected at least 1, got 0');
    // The browser itself logs the response with status 422.
    for (const problem of served.problems()) expect(problem).toContain('422');
  });
});
