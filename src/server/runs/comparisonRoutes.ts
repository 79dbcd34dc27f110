import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { compareRecordedRuns } from '../../runs/compare/compareRecorded.js';
import { Problem } from '../problem.js';
import { findRun } from '../runDescriptions.js';
import { MAX_COMPARED_RUNS, type RunComparison } from './comparisonSchemas.js';

const querySchema = z.strictObject({ run: z.array(z.string()).min(2).max(MAX_COMPARED_RUNS) });

/** `GET /api/comparison?run=A&run=B`: compares the test predictions of runs. */
export function comparisonRoutes(runDir: string): FastifyPluginAsync {
  return (server) => {
    server.get('/api/comparison', async ({ query }): Promise<RunComparison> => {
      const names = namesIn(query);
      const { runs, pairs } = await compareRecordedRuns(names.map((name) => findRun(runDir, name)));
      return {
        runs: runs.map((run, index) => ({ name: names[index], ...run })),
        pairs: pairs.map(({ first, second, ...pair }) => ({
          first: names[first],
          second: names[second],
          ...pair,
        })),
      };
    });
    return Promise.resolve();
  };
}

/** @throws {Problem} 400 */
function namesIn(query: unknown): string[] {
  const { success, data } = querySchema.safeParse(query);
  if (success && new Set(data.run).size === data.run.length) return data.run;
  throw new Problem(
    400,
    `query: expected the names of 2 to ${MAX_COMPARED_RUNS} different runs, such as run=mlp-mnist-1&run=mlp-mnist-2, got something else`,
  );
}
