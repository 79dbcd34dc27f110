import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lockSweep } from '#inkling/sweep/sweepFolder.js';
import { findBrowser } from '../../helpers/browser.js';
import { run, sharedFolder } from '../../helpers/run.js';
import { sampleSweep } from '../sampleRuns.js';
import { servePage, type ServedPage } from '../servedPage.js';

const browser = findBrowser();

describe.skipIf(browser === undefined)('the pages of sweeps (need Chromium)', () => {
  const runDir = sharedFolder();
  const { folder, journal } = sampleSweep(runDir);
  let served: ServedPage;
  beforeAll(async () => {
    await run(folder, { name: 'trial-0' });
    served = await servePage(browser ?? '', runDir);
  });

  test('show a sweep as it trains, stop a trial, and open the run of another', async () => {
    const lock = lockSweep(folder);
    const page = await served.open('sweeps');
    await page.getByRole('link', { name: 'sweep-digits-1' }).click();
    const rows = page.locator('table.trials tbody tr');
    await rows.first().waitFor();
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringMatching(
        /3\s+50\.00 %\s+1\s+running\s+Stop\s+trial 3\s+optimizer sgd, momentum 0\.6, learningRate 0\.01/,
      ),
      expect.stringMatching(/2\s+-\s+0\s+failed[^]*the loss is NaN/),
      expect.stringMatching(/1\s+20\.00 %\s+1\s+pruned/),
      expect.stringMatching(/0\s+91\.00 %\s+2\s+best/),
    ]);
    expect(await page.locator('.chart circle').count()).toBe(3);
    journal.addEpoch(3, 2, 0.75);
    await page.getByText('75.00 %').waitFor();
    await page.getByRole('button', { name: 'Stop trial 3' }).click();
    await page.getByRole('button', { name: 'Stopping… trial 3' }).waitFor();
    expect(existsSync(join(folder, 'trial-3.stop'))).toBe(true);
    journal.endTrial(3, 'pruned', 0.75);
    await page.getByText('4 of 6').waitFor();
    lock.release();
    await page.locator('.badge.unfinished').waitFor();
    await page.getByRole('link', { name: '0', exact: true }).click();
    await page.getByRole('heading', { name: 'trial-0-1' }).waitFor();
    await page.getByRole('link', { name: 'sweep-digits-1' }).click();
    await page.getByRole('heading', { name: 'sweep-digits-1' }).waitFor();
    expect(served.problems()).toEqual([]);
    await page.close();
  });
});
