import { join } from 'node:path';
import { vi } from 'vitest';
import { exportModel } from '#inkling/export/exportModel.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { importRun } from '#inkling/runs/importRun.js';
import { fastFolder, testScenario } from './scenario.js';
import { resultsOf, startNext, tinyConfig, tinyDataset, train } from './tinyTraining.js';

vi.mock('#inkling/engine/team.js', () => import('./inlineTeam.js'));

const FILE = 'exported.safetensors';

async function importTiny(folder: string): Promise<void> {
  await importRun(join(folder, FILE), tinyConfig(folder, 1), tinyDataset, { command: 'inkling import' });
}

testScenario({
  name: 'importing weights',
  prepare: async (folder) => {
    const saved = readSavedModel(await train(fastFolder(), 1));
    await exportModel(saved, { format: 'safetensors', path: join(folder, FILE) });
  },
  act: async (folder) => {
    await importTiny(folder);
    return [];
  },
  // A user imports again unless the run is complete.
  retry: async (folder) => {
    if (resultsOf(folder).length === 0) await importTiny(folder);
    else startNext(folder);
  },
  outcome: resultsOf,
});
