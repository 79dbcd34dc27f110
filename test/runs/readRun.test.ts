import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { InklingError, messageOf } from '#inkling/core/errors.js';
import { evaluateRun } from '#inkling/runs/evaluateRun.js';
import { listRuns } from '#inkling/runs/listRuns.js';
import { readRun } from '#inkling/runs/readRun.js';
import { temporaryFolder } from '../data/tinySet.js';
import { run, runDataset as dataset, sharedFolder } from '../helpers/run.js';
import { rewriteDefinition } from './rewrite.js';

const runDir = sharedFolder();
let finished: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  finished = await run(runDir, { epochs: 1 });
});

test('a finished run is read, listed and evaluated', async () => {
  const record = { folder: finished.folder, config: finished.config, summary: finished.summary };
  expect(readRun(finished.folder)).toEqual(record);
  expect(listRuns(runDir)).toEqual([record]);
  expect(await evaluateRun(finished.folder, dataset, { threads: 1 })).toEqual(finished.summary.test);
});

test('a run of an earlier version, which did not record the macro F1 score, has the same results', () => {
  const folder = copyOf(finished);
  const { test: results, ...summary } = finished.summary;
  const file = join(folder, 'summary.json');
  writeFileSync(file, JSON.stringify({ ...summary, test: { ...results, macroF1: undefined } }));
  expect(readFileSync(file, 'utf8')).not.toContain('macroF1');
  expect(readRun(folder).summary?.test).toEqual(results);
});

test('a run is evaluated with the test-time augmentation that it was scored with', async () => {
  const { folder, summary } = await run(runDir, { epochs: 1, tta: { flip: true, shift: 1 }, name: 'views' });
  expect(summary.test?.loss).not.toBe(finished.summary.test?.loss);
  expect(await evaluateRun(folder, dataset, { threads: 1 })).toEqual(summary.test);
});

test.each<[what: string, damage: (folder: string) => void, message: (folder: string) => string]>([
  [
    'truncated JSON',
    (folder) => {
      writeFileSync(join(folder, 'config.json'), '{"epochs": 3');
    },
    (folder) => `${join(folder, 'config.json')}: not valid JSON (`,
  ],
  [
    'an unknown setting',
    (folder) => {
      writeFileSync(join(folder, 'config.json'), '{"epoch": 3, "seed": 0}');
    },
    (folder) =>
      `${join(folder, 'config.json')}: unknown setting "epoch" (did you mean "epochs"?); expected model, `,
  ],
  [
    'an incomplete summary',
    (folder) => {
      writeFileSync(join(folder, 'summary.json'), '{"seed": 0}');
    },
    (folder) => `${join(folder, 'summary.json')}: version: expected a string, got undefined; `,
  ],
])('a run with %s is rejected', (_what, damage, message) => {
  const folder = copyOf(finished);
  damage(folder);
  const error = thrownBy(() => readRun(folder));
  expect(error.message.startsWith(message(folder)), error.message).toBe(true);
  expect(error.message).not.toContain('\n');
});

test('a run without a summary, which is in progress or was killed, can be read', () => {
  const folder = copyOf(finished, ['config.json']);
  expect(readRun(folder)).toEqual({ folder, config: finished.config, summary: undefined });
});

test('a run with a truncated checkpoint, or one of another model, is not evaluated', async () => {
  const folder = copyOf(finished);
  const best = join(folder, 'checkpoints', 'best.safetensors');
  const bytes = readFileSync(best);
  writeFileSync(best, bytes.subarray(0, 1000));
  await expect(evaluateRun(folder, dataset, { threads: 1 })).rejects.toThrow(InklingError);
  await expect(evaluateRun(folder, dataset, { threads: 1 })).rejects.toThrow(best);

  const other = { ...dataset, shape: [4, 4, 4] };
  writeFileSync(best, bytes);
  await expect(evaluateRun(folder, other, { threads: 1 })).rejects.toThrow(
    new InklingError(
      'report-cnn: expects images of 8×8×1, but those of stripes are 4×4×4; train a model on this data set',
    ),
  );
  // The definition of a wider network, followed by the weights of this one.
  writeFileSync(
    best,
    rewriteDefinition(bytes, (text) => text.replace('outChannels":16', 'outChannels":17')),
  );
  await expect(evaluateRun(folder, dataset, { threads: 1 })).rejects.toThrow(
    `${best}: expected the tensors of the model report-cnn`,
  );
});

test('a folder that is not a run is rejected', async () => {
  const folder = temporaryFolder();
  expect(() => readRun(folder)).toThrow(
    new InklingError(
      `run "${folder}": not a run folder: it has no config.json; "inkling runs" lists all runs`,
    ),
  );
  await expect(evaluateRun(folder, dataset, { threads: 1 })).rejects.toThrow(
    `run "${folder}": not a run folder: it has no config.json; "inkling runs" lists all runs`,
  );
});

/** A copy of some files of a run's folder. */
function copyOf(
  { folder }: { readonly folder: string },
  some = ['checkpoints', 'config.json', 'summary.json'],
): string {
  const copy = temporaryFolder();
  for (const file of some) cpSync(join(folder, file), join(copy, file), { recursive: true });
  return copy;
}

function thrownBy(task: () => unknown): Error {
  try {
    task();
  } catch (error) {
    expect(error).toBeInstanceOf(InklingError);
    return new Error(messageOf(error));
  }
  throw new Error('nothing was thrown');
}
