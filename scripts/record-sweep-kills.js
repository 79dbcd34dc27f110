/**
 * Kills workers, coordinators, and Redis of sweeps at random times, 40 times with each of five seeds, or only with those that are given, and
 * saves what became of the sweeps in bench/results/sweep-kills.json. Requires a build and redis-server.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILE = 'bench/results/sweep-kills.json';
const KILLS = 40;
const SEEDS = ['1', '2', '3', '4', '5'];

const given = process.argv.slice(2);
for (const seed of given.length > 0 ? given : SEEDS) {
  const counts = join(mkdtempSync(join(tmpdir(), 'inkling-sweep-kills-')), 'counts.json');
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/sweep/queue/bull/killSweeps.slow.test.ts'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      INKLING_SWEEP_RECORD: counts,
      INKLING_SWEEP_KILLS: String(KILLS),
      INKLING_SWEEP_SEED: seed,
    },
  });
  if (status !== 0) process.exit(1);
  const { seeds: earlier = {} } = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  const record = {
    command: 'npm run bench:sweep-kills',
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    seeds: { ...earlier, [seed]: JSON.parse(readFileSync(counts, 'utf8')) },
  };
  writeFileSync(FILE, `${JSON.stringify(record, null, 1)}\n`);
}
