import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { DatasetRequest } from '#inkling/data/datasetRequest.js';
import { readRun } from '#inkling/runs/readRun.js';
import { mcNemarExact } from '#inkling/runs/compare/statistics.js';
import { temporaryFolder } from '../data/tinySet.js';
import { stripes } from '../helpers/stripes.js';
import { inkling } from './capture.js';

const data = stripes({ train: 100, test: 40 });
const loadDataset = ({ name }: DatasetRequest) => Promise.resolve({ ...data, name });
let runs: string;

beforeEach(async () => {
  runs = join(temporaryFolder(), 'runs');
  for (const [model, epochs] of [
    ['mlp', '8'],
    ['report-cnn', '1'],
  ]) {
    const flags = ['--model', model, '--epochs', epochs, '--batch-size', '32', '--run-dir', runs];
    await inkling(['train', ...flags, '--dataset', 'stripes'], { loadDataset });
  }
});

const names = ['mlp-stripes-1', 'report-cnn-stripes-1'];

function compare(...words: string[]) {
  return inkling(['compare', ...words, '--run-dir', runs], { loadDataset });
}

const schema = z.object({
  runs: z.array(
    z.object({
      correct: z.number(),
      macroF1: z.number(),
      parameters: z.number(),
      multiplyAdds: z.number(),
      trainSeconds: z.number(),
      bytes: z.number(),
    }),
  ),
  pairs: z.array(
    z.object({
      bothCorrect: z.number(),
      onlyFirst: z.number(),
      onlySecond: z.number(),
      bothWrong: z.number(),
      pValue: z.number(),
    }),
  ),
});

test('compares runs on the same images, and prints the counts that the p-value depends on', async () => {
  const { stdout } = await compare(...names, '--json');
  const { runs: compared, pairs } = schema.parse(JSON.parse(stdout));
  const [{ bothCorrect, onlyFirst, onlySecond, bothWrong, pValue }] = pairs;
  const summaries = names.map((name) => readRun(join(runs, name)).summary);
  expect([bothCorrect + onlyFirst, bothCorrect + onlySecond]).toEqual(
    summaries.map((each) => each?.test?.correct),
  );
  expect(bothCorrect + onlyFirst + onlySecond + bothWrong).toBe(40);
  expect(pValue).toBe(mcNemarExact(onlyFirst, onlySecond));
  expect(compared.map(({ correct }) => correct)).toEqual(summaries.map((each) => each?.test?.correct));
  expect(compared.map(({ macroF1 }) => macroF1)).toEqual(summaries.map((each) => each?.test?.macroF1));
  expect(compared.map(({ parameters }) => parameters)).toEqual(
    summaries.map((each) => each?.model.parameters),
  );
});

test('prints the comparison as tables and sentences', async () => {
  const { code, stdout } = await compare(...names);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^run +model +accuracy +macro F1 +parameters +multiply-adds +training +file size$/m);
  expect(stdout).toMatch(/^mlp-stripes-1 +report-cnn-stripes-1 +\d+ +\d+ +\d+ +\d+ +p [=<] 0\.\d{4}$/m);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
    /^(mlp|report-cnn)-stripes-1 (is significantly better than|and) (mlp|report-cnn)-stripes-1 (do not differ significantly )?\(McNemar's exact test, \d+ vs\. \d+: p [=<] [01]\.\d{4}\)$/,
  );
  const same = await compare(names[0], names[0], '--quiet');
  expect(same.stdout).toBe(
    `mlp-stripes-1 and mlp-stripes-1 do not differ significantly (McNemar's exact test, 0 vs. 0: p = 1.0000)\n`,
  );
});

test('compares every pair of three runs', async () => {
  const { stdout } = await compare(...names, names[0], '--json');
  expect(schema.parse(JSON.parse(stdout)).pairs).toHaveLength(3);
});

test('rejects a single run, and runs on different data sets without --dataset', async () => {
  expect((await compare(names[0])).stderr).toBe(
    'inkling: compare: expected at least 2 runs, got 1; add another run\n',
  );
  const flags = ['--model', 'mlp', '--epochs', '1', '--run-dir', runs, '--dataset', 'others'];
  await inkling(['train', ...flags], { loadDataset });
  const { code, stderr } = await compare(names[0], 'mlp-others-1');
  expect(code).toBe(2);
  expect(stderr).toBe(
    'inkling: compare: the runs were trained on different data sets (stripes, others); select the test images with --dataset\n',
  );
  expect((await compare(names[0], 'mlp-others-1', '--dataset', 'stripes')).code).toBe(0);
});
