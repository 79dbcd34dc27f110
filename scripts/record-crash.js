/**
 * Runs the crash tests, with 300 kills of a real training, and saves what was tested in bench/results/crash.json. Requires a build.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KILLS = 300;

const counts = join(mkdtempSync(join(tmpdir(), 'inkling-crash-')), 'counts.jsonl');
const { status } = spawnSync('npx', ['vitest', 'run', 'test/crash'], {
  stdio: 'inherit',
  env: { ...process.env, INKLING_CRASH_RECORD: counts, INKLING_CRASH_KILLS: String(KILLS) },
});
if (status !== 0) process.exit(1);

const lines = readFileSync(counts, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const scenarios = {};
for (const { scenario, fault, points } of lines.filter((line) => 'scenario' in line)) {
  scenarios[scenario] = { ...scenarios[scenario], [fault]: points };
}
const record = {
  command: 'npm run bench:crash',
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  scenarios: Object.fromEntries(Object.entries(scenarios).sort(([a], [b]) => (a < b ? -1 : 1))),
  kills: lines.find((line) => 'kills' in line),
};
writeFileSync('bench/results/crash.json', `${JSON.stringify(record, null, 1)}\n`);
