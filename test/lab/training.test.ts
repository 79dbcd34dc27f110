import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../helpers/browser.js';
import { serveLab, train, useDigits } from './servedLab.js';
import { violationsOf } from './violations.js';

const executablePath = findBrowser();

describe.skipIf(executablePath === undefined)('training in the lab (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    lab = await serveLab(executablePath ?? '');
  });
  afterEach(() => {
    expect(lab.problems.splice(0)).toEqual([]);
  });

  test.each([360, 1440])('runs are compared, at a width of %i pixels', async (width) => {
    const page = await lab.open('data', { viewport: { width, height: 800 } });
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
    expect(await accuracy.getAttribute('aria-label')).toMatch(/; mlp, learning rate 0.001 from [\d.]+ % to /);
    expect(await violationsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('checkbox', { name: 'mlp, learning rate 0.003' }).uncheck();
    expect(await lines()).toBe(3);
    await page.getByRole('button', { name: 'Forget “mlp, learning rate 0.001”' }).click();
    expect(await lines()).toBe(2);
    expect(await rows.count()).toBe(2);
    await page.close();
  });
});
