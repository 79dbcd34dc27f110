/**
 * Runs the server under mixed load, with bad clients among good ones, and checks what docs/reliability.md promises:
 * npm run test:soak -- [--minutes N] [--record FILE]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { VERSION } from '#inkling/core/version.js';
import { writeFileAtomic } from '#inkling/platform/files.js';
import { describeMachine } from '#inkling/platform/machine.js';
import { ROOT } from '../system.js';
import type { Outcome } from './goodClients.js';
import { logProgress, runClients, sampleMemory, startServer, writeRun } from './soakRun.js';
import { summarize } from './summary.js';

const SAMPLE_MS = 2000;
const CLIENTS = join(ROOT, 'build', 'bench', 'soak', 'clients.js');

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, record: { type: 'string' } },
});
const minutes = Number(values.minutes);
const runDir = mkdtempSync(join(tmpdir(), 'inkling-soak-'));
writeRun(runDir);
const server = await startServer(ROOT, runDir);
const training = setInterval(() => {
  logProgress(runDir, 5);
}, 1000);
const sampling = new AbortController();
try {
  const memory = sampleMemory(server.pid, SAMPLE_MS, sampling.signal);
  const [good, bad] = await Promise.all([
    runClients(CLIENTS, 'good', server.url, 60 * minutes),
    runClients(CLIENTS, 'bad', server.url, 60 * minutes),
  ]);
  sampling.abort();
  const summary = summarize(
    good as Outcome[],
    bad as Record<string, Record<string, number>>,
    await memory,
    SAMPLE_MS / 60_000,
  );
  const record = {
    version: VERSION,
    date: new Date().toISOString(),
    machine: { ...describeMachine(), threads: availableParallelism() },
    minutes,
    ...summary,
  };
  console.log(JSON.stringify(record, null, 1));
  if (values.record !== undefined) writeFileAtomic(values.record, `${JSON.stringify(record, null, 1)}\n`);
  for (const problem of summary.problems) console.error(`FAILED: ${problem}`);
  process.exitCode = summary.problems.length > 0 ? 1 : 0;
} finally {
  clearInterval(training);
  await server.stop();
  rmSync(runDir, { recursive: true });
}
