import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sharedFolder } from '../helpers/run.js';
import { stripes } from '../helpers/stripes.js';
import { inkling } from './capture.js';
import { rewriteRecord } from '../runs/rewrite.js';

const runs = sharedFolder();
const folder = join(runs, 'a-1');
const loadDataset = () => Promise.resolve(stripes({ train: 40, test: 10 }));
const verify = (...flags: string[]) => inkling(['verify', '--run-dir', runs, ...flags], { loadDataset });

beforeAll(async () => {
  const flags = ['--model', 'mlp', '--epochs', '2', '--name', 'a', '--batch-size', '8', '--run-dir', runs];
  expect(await inkling(['train', ...flags], { loadDataset })).toMatchObject({ code: 0 });
});

test('says that a run has the same bits, of which epochs, and what was compared', async () => {
  const { code, stdout, stderr } = await verify('a-1');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Training mlp \([\d,]+ parameters\) for 2 epochs\n/);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
    /a-1: same bits: 2 of 2 epochs, \d+ training loss(es)? recorded in them, the state of training at the end of 2 epochs, checkpoints.best\.safetensors, checkpoints.last\.safetensors, and the test results$/,
  );
  const quick = await verify('a-1', '--epochs', '1', '--quiet', '--threads', '1');
  expect(quick.stdout).toMatch(/^.*a-1: same bits: 1 of 2 epochs, .*\n$/);
  const json = await verify('a-1', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ folder, result: 'same', epochs: 2, recordedEpochs: 2 });
});

test('fails with the first difference and its reason', async () => {
  const summary = join(folder, 'summary.json');
  const before = readFileSync(summary, 'utf8');
  const change = (text: string) => text.replace(/("epoch":2,"trainLoss":)\d/, '$17');
  writeFileSync(summary, rewriteRecord(before, change));
  const { code, stdout, stderr } = await verify('a-1');
  expect(code).toBe(1);
  expect(stdout).toContain('summary.json was changed after training.');
  expect(stderr).toMatch(
    /^inkling: verify: .*a-1 is different: epoch 2: trainLoss is 7\.\d+ in summary\.json, and \d\.\d+ when repeated\n$/,
  );
  const json = await verify('a-1', '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    result: 'different',
    difference: { file: 'summary.json' },
  });
  writeFileSync(summary, before);
});

test('refuses wrong input with what to do', async () => {
  expect(await verify('b-1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('unknown run "b-1"'),
  });
  expect((await verify('a-1', '--epochs', '0')).code).toBe(2);
  expect(await verify('a-1', '--epochs', '9')).toMatchObject({
    code: 2,
    stderr: `inkling: verify: expected at most 2 epochs, which ${folder} has completed, got 9; decrease --epochs\n`,
  });
  const other = await inkling(['verify', folder], {
    loadDataset: () => Promise.resolve(stripes({ train: 41, test: 10 })),
  });
  expect(other.code).toBe(1);
  expect(other.stderr).toMatch(
    /40 images expected, got 41; .*; restore them, or specify where they are with --dataset\n$/,
  );
});

test('names a data set that is gone', async () => {
  const [photos, moved] = [join(runs, 'photos.csv'), join(runs, 'moved.csv')];
  const rows = Array.from(
    { length: 40 },
    (_, i) =>
      `${i % 2},${Array.from({ length: 64 }, (_each, j) => (i % 2 === 0 ? j : 64 - j) * 3 + (i % 5)).join(',')}`,
  );
  writeFileSync(
    photos,
    ['label,' + Array.from({ length: 64 }, (_, j) => `pixel${j}`).join(','), ...rows].join('\n'),
  );
  const flags = ['--model', 'mlp', '--epochs', '1', '--name', 'csv', '--run-dir', runs];
  expect(await inkling(['train', ...flags, '--dataset', photos])).toMatchObject({ code: 0 });
  renameSync(photos, moved);
  expect(await inkling(['verify', 'csv-1', '--run-dir', runs])).toMatchObject({
    code: 1,
    stderr: `inkling: run "${join(runs, 'csv-1')}": its data set was at ${photos}, which no longer exists; specify its current location with --dataset\n`,
  });
  expect(existsSync(join(runs, 'csv-1', 'verification.json'))).toBe(false);
  expect(await inkling(['verify', 'csv-1', '--run-dir', runs, '--dataset', moved])).toMatchObject({
    code: 0,
  });
});
