import { expect, test } from 'vitest';
import { compareRuns } from '#inkling/runs/compare/compareRuns.js';
import { comparisonRoutes } from '#inkling/server/runs/comparisonRoutes.js';
import { comparisonSchema } from '#inkling/server/runs/comparisonSchemas.js';
import { run, runDataset, sharedFolder } from '../../helpers/run.js';
import { createTestServer } from '../testServer.js';

const runDir = sharedFolder();
const folders = [await run(runDir, { name: 'a' }), await run(runDir, { name: 'b', seed: 4, epochs: 1 })].map(
  ({ folder }) => folder,
);

test('compares runs like inkling compare', async () => {
  const { server } = await createTestServer([comparisonRoutes(runDir)]);
  const response = await server.inject('/api/comparison?run=a-1&run=b-1');
  const { runs, pairs } = comparisonSchema.parse(response.json());
  expect(runs).toEqual([
    { name: 'a-1', testSet: 0 },
    { name: 'b-1', testSet: 0 },
  ]);
  const [expected] = (await compareRuns(folders, runDataset)).pairs;
  expect(pairs).toEqual([{ ...expected, first: 'a-1', second: 'b-1' }]);
});

const EXPECTED =
  'query: expected the names of 2 to 10 different runs, such as run=mlp-mnist-1&run=mlp-mnist-2, got something else';

test.each([
  ['', 400, EXPECTED],
  ['?run=a-1', 400, EXPECTED],
  ['?run=a-1&run=a-1', 400, EXPECTED],
  [`?${Array.from({ length: 11 }, (_, i) => `run=a-${i}`).join('&')}`, 400, EXPECTED],
  ['?run=a-1&run=b-1&seed=1', 400, EXPECTED],
  ['?run=a-1&run=..%2Fa-1', 404, 'unknown sweep ".."; GET /api/sweeps lists the sweeps'],
  ['?run=a-1&run=c-1', 404, 'unknown run "c-1" (did you mean "a-1"?); GET /api/runs lists the runs'],
])('rejects %s', async (query, status, detail) => {
  const { server } = await createTestServer([comparisonRoutes(runDir)]);
  const response = await server.inject(`/api/comparison${query}`);
  expect(response.json()).toMatchObject({ status, detail });
});
