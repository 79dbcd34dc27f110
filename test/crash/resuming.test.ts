import { vi } from 'vitest';
import { testScenario } from './scenario.js';
import { finish, interrupt, resultsOf } from './tinyTraining.js';

vi.mock('#inkling/engine/team.js', () => import('./inlineTeam.js'));

testScenario({
  name: 'resuming an interrupted run',
  prepare: (folder) => interrupt(folder, 3, 1),
  act: async (folder) => {
    await finish(folder, 3);
    return [];
  },
  outcome: resultsOf,
});

testScenario({
  name: 'training a finished run for longer',
  prepare: async (folder) => {
    await finish(folder, 1);
  },
  act: async (folder) => {
    await finish(folder, 2);
    return [];
  },
  outcome: resultsOf,
});
