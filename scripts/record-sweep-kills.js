/**
 * Kills workers, coordinators, and Redis of sweeps 300 times, at random times, and saves what became of the sweeps in
 * bench/results/sweep-kills.json. Requires a build and redis-server.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KILLS = Number(process.argv[2] ?? 300);

const counts = join(mkdtempSync(join(tmpdir(), 'inkling-sweep-kills-')), 'counts.json');
const { status } = spawnSync('npx', ['vitest', 'run', 'test/sweep/queue/bull/killSweeps.slow.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, INKLING_SWEEP_RECORD: counts, INKLING_SWEEP_KILLS: String(KILLS) },
});
if (status !== 0) process.exit(1);

const record = {
  command: 'npm run bench:sweep-kills',
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  kills: JSON.parse(readFileSync(counts, 'utf8')),
};
writeFileSync('bench/results/sweep-kills.json', `${JSON.stringify(record, null, 1)}\n`);
