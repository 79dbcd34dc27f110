import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatCount } from '#inkling/core/format.js';
import { compareRecordedRuns } from '#inkling/runs/compare/compareRecorded.js';
import { describePair } from '#inkling/runs/compare/describePair.js';
import { parseConfig } from '#inkling/train/config.js';
import type { FinishedRun } from '#inkling/runs/conductRun.js';
import { RunFolder } from '#inkling/runs/runFolder.js';
import { findBrowser } from '../../helpers/browser.js';
import { sharedFolder } from '../../helpers/run.js';
import { SAMPLE, sampleRuns } from '../sampleRuns.js';
import { servePage, type ServedPage } from '../servedPage.js';

const browser = findBrowser();

describe.skipIf(browser === undefined)('runs and data (needs Chromium)', () => {
  const runDir = sharedFolder();
  let served: ServedPage;
  let page: Page;
  let runs: readonly FinishedRun[];
  beforeAll(async () => {
    runs = await sampleRuns(runDir);
    served = await servePage(browser ?? '', runDir);
  });
  afterEach(async () => {
    await page.close();
    expect(served.problems()).toEqual([]);
  });

  const percent = (fraction = NaN) => `${(100 * fraction).toFixed(2)} %`;

  test('lists runs, sorts them, and compares them', async () => {
    page = await served.open('runs');
    const names = page.locator('table.runs tbody th');
    await names.first().waitFor();
    expect(await names.allTextContents()).toEqual(['mlp-digits-1', 'mlp-digits-2']);
    await page.getByRole('button', { name: 'Seed' }).click();
    await expect.poll(() => names.allTextContents()).toEqual(['mlp-digits-2', 'mlp-digits-1']);
    const row = await page.locator('tr', { hasText: 'mlp-digits-1' }).textContent();
    expect(row).toContain(percent(runs[0].summary.test?.accuracy));

    await page.getByLabel('Compare mlp-digits-1').check();
    await page.getByLabel('Compare mlp-digits-2').check();
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    const accuracies = page.locator('tr', { hasText: 'Test accuracy' }).locator('td');
    await accuracies.first().waitFor();
    expect(await accuracies.allTextContents()).toEqual(
      runs.map(({ summary }) => percent(summary.test?.accuracy)),
    );
    expect(await page.locator('.chart').first().locator('polyline').count()).toBe(2);
    const { pairs } = await compareRecordedRuns(runs.map(({ folder }) => folder));
    const [pair] = pairs;
    const cells = page.locator('table.pairs tbody td');
    await cells.first().waitFor();
    expect((await cells.allTextContents()).slice(1, 5)).toEqual(
      [pair.bothCorrect, pair.onlyFirst, pair.onlySecond, pair.bothWrong].map(formatCount),
    );
    await page.getByText(`${describePair('mlp-digits-1', 'mlp-digits-2', pair)}.`).waitFor();
  });

  test('shows the images of a cell of the confusion matrix', async () => {
    page = await served.open('runs/mlp-digits-1');
    await page
      .getByText(/^Confidence: temperature \d\.\d\d, fitted on [\d,]+ validation images by cross-fitting: /)
      .waitFor();
    const confusion = runs[0].summary.test?.confusion ?? [];
    const errors = confusion.flatMap((row, label) =>
      row.map((count, predicted) => ({ label, predicted, count: label === predicted ? 0 : count })),
    );
    const { label, predicted, count } = errors.reduce((most, cell) =>
      cell.count > most.count ? cell : most,
    );
    expect(count).toBeGreaterThan(0);
    await page
      .getByRole('button', { name: `${label} predicted as ${predicted}: ${count}`, exact: true })
      .click();
    await page.locator('.gallery li').first().waitFor();
    expect(await page.locator('.gallery .pager').textContent()).toContain(`of ${count}`);
    expect(await page.locator('.gallery li').count()).toBe(Math.min(120, count));
    expect(await page.locator('.gallery li').first().textContent()).toContain(`${label} → ${predicted}`);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      `${label} predicted as ${predicted}`,
    );
  });

  test('shows all errors, and how far it is until then', async () => {
    page = await served.open('runs/mlp-digits-2');
    const { total, correct } = runs[1].summary.test ?? { total: NaN, correct: NaN };
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/first=2000/, async (route) => {
      await released;
      await route.continue();
    });
    const count = formatCount(total - correct);
    await page.getByRole('button', { name: `Show all ${count} errors` }).click();
    await page.getByText('2,000 of 2,500').waitFor();
    expect(await page.getByRole('progressbar').getAttribute('value')).toBe('2000');
    release();
    const next = page.locator('.gallery').getByRole('button', { name: 'Next' });
    await next.waitFor();
    const shown = new Set<string>();
    for (let first = 0; first < total - correct; first += 120) {
      await page.locator('.pager', { hasText: `${formatCount(first + 1)}–` }).waitFor();
      for (const text of await page.locator('.gallery li').allTextContents()) shown.add(text);
      if (await next.isEnabled()) await next.click();
    }
    expect(total - correct).toBeGreaterThan(120);
    expect(shown.size).toBe(total - correct);
  });

  test('shows the values of an epoch: with the mouse, the keyboard, and a finger', async () => {
    page = await served.open('runs/mlp-digits-1', { hasTouch: true });
    const plot = page.locator('.chart', { hasText: 'Accuracy by epoch' }).locator('.plot');
    const probe = plot.getByRole('slider', { name: 'Accuracy at an epoch' });
    const tooltip = plot.locator('.chart-tooltip');
    await probe.waitFor();
    const valuesOf = (epoch: number) => {
      const { trainAccuracy, validationAccuracy } = runs[0].summary.epochs[epoch - 1];
      return `training ${percent(trainAccuracy)}; validation ${percent(validationAccuracy)}`;
    };
    const shown = () => probe.getAttribute('aria-valuetext');

    expect(await tooltip.count()).toBe(0);
    const { width = 0, height = 0 } = (await probe.boundingBox()) ?? {};
    await probe.hover({ position: { x: 0.2 * width, y: 0.5 * height } });
    await tooltip.getByText('Epoch 1').waitFor();
    expect(await shown()).toBe(`Epoch 1; ${valuesOf(1)}`);
    await page.mouse.move(0, 0);
    await expect.poll(() => tooltip.count()).toBe(0);

    await probe.focus();
    await page.keyboard.press('ArrowLeft');
    await tooltip.getByText('Epoch 3').waitFor();
    expect(await shown()).toBe(`Epoch 3; ${valuesOf(3)}`);
    await page.keyboard.press('Home');
    await tooltip.getByText('Epoch 1').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => tooltip.count()).toBe(0);

    await probe.tap({ position: { x: 0.97 * width, y: 0.5 * height } });
    await tooltip.getByText('Epoch 4').waitFor();
    expect(await tooltip.textContent()).toContain(percent(runs[0].summary.epochs[3].validationAccuracy));
  });

  test('follows a run until it ends', async () => {
    const config = parseConfig({ model: 'mlp', dataset: 'digits', epochs: 2, runDir });
    const folder = RunFolder.claim(config, 'live');
    const progress = { epochs: 2, steps: 40, trainLoss: 1.25, imagesPerSecond: 4321, secondsLeft: 75 };
    folder.record({ type: 'started', folder: folder.path, config, parameters: 50_890 });
    folder.record({ type: 'progress', epoch: 1, step: 10, ...progress });

    page = await served.open('runs');
    await page.getByRole('link', { name: 'live-1' }).click();
    const live = page.locator('.live');
    await live.getByText('4,321 images/s').waitFor();
    expect(await live.textContent()).toContain('Epoch 1 of 2, step 10 of 40');
    expect(await live.textContent()).toContain('1:15 min left');
    expect(await page.locator('.chart').count()).toBe(0);

    const { summary } = runs[1];
    const [epoch] = summary.epochs;
    const record = { ...epoch, trainAccuracy: epoch.trainAccuracy ?? NaN };
    folder.record({ type: 'epoch', isBest: true, record });
    await page.locator('.chart circle').first().waitFor();
    expect(await page.locator('.badge').textContent()).toBe('running');

    folder.saveSummary(summary);
    folder.record({ type: 'finished', summary });
    await page.locator('.badge', { hasText: 'done' }).waitFor();
    expect(await live.count()).toBe(0);
    rmSync(folder.path, { recursive: true });
  });

  test('reports that a run was deleted while it is shown', async () => {
    const config = parseConfig({ runDir });
    const folder = RunFolder.claim(config, 'gone');
    folder.record({ type: 'started', folder: folder.path, config, parameters: 50_890 });
    page = await served.open('runs/gone-1');
    await page.locator('.badge', { hasText: 'running' }).waitFor();
    rmSync(folder.path, { recursive: true });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toBe(
      'unknown run "gone-1"; GET /api/runs lists the runs',
    );
    // The browser itself logs the 404 responses.
    for (const problem of served.problems()) expect(problem).toContain('404');
  });

  test('shows images by part and class, with predictions', async () => {
    page = await served.open('data');
    await page.getByLabel('Data set').selectOption(SAMPLE);
    const images = page.locator('.image-browser li button');
    await images.first().waitFor();
    await page.getByRole('button', { name: /^Training/ }).click();
    await page.getByText('1–100 of 1,800').waitFor();
    await page.getByRole('button', { name: /images of class 3$/ }).click();
    await page.locator('.pager', { hasText: /of 1\d\d(?!\d)/ }).waitFor();
    await expect.poll(() => images.first().getAttribute('aria-label')).toContain('class 3');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('.pager', { hasText: '101–1' }).waitFor();
    await images.nth(4).click();
    await page.locator('aside .probabilities .predicted .class').waitFor();
    expect(await page.locator('aside').textContent()).toMatch(
      /True class: 3Prediction of report-cnn-mnist: \dImage [\d,]+ of its file \(index \d+\)/,
    );
  });
});
