import { vi } from 'vitest';
import { testScenario } from './scenario.js';
import { finish, resultsOf, train } from './tinyTraining.js';

vi.mock('#inkling/engine/team.js', () => import('./inlineTeam.js'));

testScenario({
  name: 'training',
  act: async (folder) => {
    await train(folder, 2);
    return [];
  },
  retry: (folder) => finish(folder, 2),
  outcome: resultsOf,
});
