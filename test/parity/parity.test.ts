import { describe, expect, test } from 'vitest';
import { catalog } from '#inkling/data/catalog/catalog.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { loadDataset } from '#inkling/data/load.js';
import { locate } from '#inkling/data/files/locate.js';
import { preset } from '#inkling/models/presets.js';
import { compareStart } from '#inkling/parity/compare.js';
import { readGoldenFolder } from '#inkling/parity/golden.js';
import { startReport } from '#inkling/parity/start.js';
import { goldenFolder, noGolden } from '../helpers/golden.js';

/** The real MNIST; undefined if it is not available. */
async function loadMnist(): Promise<Dataset | undefined> {
  const folder = process.env.INKLING_DATA_DIR;
  const mnist = catalog.find(({ name }) => name === 'mnist');
  if (!folder || mnist === undefined || locate(mnist, [folder]).folder === undefined) return undefined;
  return loadDataset({ name: 'mnist', dataDir: folder, environment: {} });
}

const model = preset('report-cnn', { input: [28, 28, 1], classes: 10 });
const mnist = await loadMnist();
const folder = goldenFolder();

describe('the same seed gives the same results as in PyTorch', () => {
  test('initial weights, gradients, the first losses and the state after ten steps', async ({ skip }) => {
    if (mnist === undefined) skip('no MNIST: INKLING_DATA_DIR is not set, or does not contain it');
    else if (folder === undefined) skip(noGolden);
    else {
      const goldens = readGoldenFolder(folder, model);
      expect(goldens.length).toBeGreaterThan(0);
      for (const golden of goldens) {
        const {
          seed,
          batch_size: batchSize,
          learning_rate: learningRate,
          step_losses: losses,
        } = golden.record;
        const settings = { model, seed, batchSize, learningRate, threads: 2 };
        const start = await startReport(mnist, settings, losses.length);
        for (const { what, worst, bound } of compareStart(golden, start, model)) {
          expect(worst, `seed ${seed}: ${what}`).toBeLessThanOrEqual(bound);
        }
      }
    }
  });
});
