import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { readReportRun } from '#inkling/report/readReportRun.js';
import { temporaryFolder } from '../data/tinySet.js';
import { trainForReport } from '../helpers/reportRuns.js';
import { rewriteRecord } from '../runs/rewrite.js';

const runs = trainForReport();

function copyOfRun(): string {
  const folder = join(temporaryFolder(), 'run');
  cpSync(runs().folders[0], folder, { recursive: true });
  return folder;
}

test.each([
  ['interrupted', 'was interrupted after 1 of 2 epochs'],
  ['diverged', 'diverged after 1 of 2 epochs'],
  ['failed', 'failed after 1 of 2 epochs'],
])('a run that %s is rejected', async (stopReason, state) => {
  const folder = copyOfRun();
  const { summary } = runs().cnn;
  // Undefined values are left out of JSON.
  const ended = { ...summary, test: undefined, stopReason, epochs: summary.epochs.slice(0, 1) };
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(ended));
  await expect(readReportRun(folder)).rejects.toThrow(
    new InklingError(
      `run "${folder}": expected a finished run with test results, got a run that ${state}; train it again`,
    ),
  );
});

test('an unfinished run, one of another version, and other folders are rejected', async () => {
  const unfinished = copyOfRun();
  rmSync(join(unfinished, 'summary.json'));
  await expect(readReportRun(unfinished)).rejects.toThrow(
    'got a run that is still in progress or was killed; ',
  );

  const old = copyOfRun();
  const text = readFileSync(join(old, 'predictions.json'), 'utf8');
  writeFileSync(
    join(old, 'predictions.json'),
    rewriteRecord(text, (json) => json.replace('"format":2', '"format":7')),
  );
  await expect(readReportRun(old)).rejects.toThrow('predictions.json: expected format 2, got 7; ');

  const none = join(temporaryFolder(), 'none');
  mkdirSync(none);
  await expect(readReportRun(none)).rejects.toThrow('not a run folder: it has no config.json');
});
