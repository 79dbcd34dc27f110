import { loadDataset } from '#inkling/data/load.js';
import { createSweep, planSweep, type SweepOptions } from '#inkling/sweep/planSweep.js';
import { runSweep } from '#inkling/sweep/runSweep.js';

/** Conducts a sweep; returns its records and the seconds that it took, without loading the images in this process. */
export async function timeSweep(options: SweepOptions, parallel: number) {
  const plan = planSweep(options);
  const { config, model } = plan;
  const dataset = await loadDataset({ ...config, name: config.dataset, model, environment: process.env });
  const folder = createSweep(plan, dataset);
  const start = performance.now();
  const sweep = await runSweep(folder, dataset, { command: 'bench/sweep', parallel });
  const seconds = (performance.now() - start) / 1000;
  const failed = sweep.trials.find(({ state }) => state === 'failed');
  if (failed !== undefined) throw new Error(`trial ${failed.number}: ${failed.error}`);
  return { sweep, dataset, seconds };
}
