import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runBadClients } from '../../bench/soak/badClients.js';
import { type Outcome, runGoodClient } from '../../bench/soak/goodClients.js';
import { logProgress, RUN, startServer, writeRun } from '../../bench/soak/soakRun.js';
import { temporaryFolder } from '../data/tinySet.js';

const SECONDS = 6;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test(
  'good clients are served beside bad ones, which get the responses that they deserve',
  { timeout: 120_000 },
  async () => {
    const runDir = join(temporaryFolder(), 'runs');
    writeRun(runDir);
    const server = await startServer(ROOT, runDir);
    try {
      const over = new AbortController();
      const outcomes: Outcome[] = [];
      const answers = new Map<string, Set<number | undefined>>();
      const bad = runBadClients({
        port: Number(new URL(server.url).port),
        run: RUN,
        signal: over.signal,
        onAnswer(kind, status) {
          answers.set(kind, (answers.get(kind) ?? new Set()).add(status));
        },
      });
      const good = Array.from({ length: 4 }, () =>
        runGoodClient({
          url: server.url,
          run: RUN,
          signal: over.signal,
          onOutcome: (outcome) => outcomes.push(outcome),
          pauseMs: 100,
        }),
      );
      for (let second = 0; second < SECONDS; second++) {
        await setTimeout(1000);
        logProgress(runDir, 100);
      }
      over.abort();
      await Promise.all([...good, bad]);
      expect(outcomes.filter(({ failure }) => failure !== undefined)).toEqual([]);
      expect(outcomes.length).toBeGreaterThan(4);
      for (const [kind, status] of [
        ['cross-site request', 403],
        ['cross-site form', 403],
        ['huge headers', 431],
        ['large body', 413],
        ['endless gif', 422],
        ['flood', 200],
      ] as const) {
        expect([...(answers.get(kind) ?? [])], kind).toEqual([status]);
      }
    } finally {
      await server.stop();
    }
  },
);
