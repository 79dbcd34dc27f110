import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { loadDataset } from '#inkling/data/load.js';
import { differencesOf, hasProgram } from '#inkling/report/programs/differences.js';
import { inklingProgram } from '#inkling/report/programs/inklingProgram.js';
import { torchFile, torchProgram } from '#inkling/report/programs/torchProgram.js';
import { readReportRun } from '#inkling/report/readReportRun.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { findTorch, noTorch, runPythonProgram } from '../../helpers/python.js';
import { sharedFolder } from '../../helpers/run.js';

const torch = findTorch();
if (torch === undefined) console.warn(`Programs in Python are not run: ${noTorch}`);

const folder = sharedFolder();

/** An array in NumPy's format. */
function npy(values: Uint8Array, shape: readonly number[]): Uint8Array {
  const dictionary = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = dictionary.padEnd(128 - 10 - 1).concat('\n');
  const bytes = [0x93, ...Buffer.from('NUMPY'), 1, 0, header.length % 256, header.length >> 8];
  return Uint8Array.from([...bytes, ...Buffer.from(header), ...values]);
}

beforeAll(() => {
  const { train, test: tested } = generateDigits({ seed: 0, train: 200, test: 100 });
  const parts = { train, test: tested };
  const arrays = Object.entries(parts).flatMap(([part, { images, labels }]) => [
    [`x_${part}.npy`, npy(images, [labels.length, 28, 28])] as const,
    [`y_${part}.npy`, npy(Uint8Array.from(labels), [labels.length])] as const,
  ]);
  writeFileSync(join(folder, 'images.npz'), zipSync(Object.fromEntries(arrays)));
  // Where programs find the library.
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(
    fileURLToPath(new URL('../../..', import.meta.url)),
    join(folder, 'node_modules/inkling'),
    'dir',
  );
});

async function runOf(settings: PartialConfig): Promise<ReportRun> {
  const name = join(folder, 'images.npz');
  const config = parseConfig({ split: 'random', batchSize: 25, ...settings, dataset: name, runDir: folder });
  const finished = await trainRun(config, await loadDataset({ name }), {
    command: 'inkling train',
    onEvent: () => undefined,
  });
  return readReportRun(finished.folder);
}

function runTypeScript(program: string): string {
  const file = join(folder, 'program.mjs');
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  writeFileSync(file, outputText);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

function runTorch(run: ReportRun): string {
  writeFileSync(join(folder, 'program.py'), torchFile(torchProgram(run)));
  return runPythonProgram(torch ?? '', ['program.py'], folder);
}

/** The numbers after the epoch in each line that a program prints. */
const numbersIn = (output: string) =>
  output
    .trim()
    .split('\n')
    .map((line) => (line.replace(/^epoch \d+: /, '').match(/\d+\.\d+/g) ?? []).map(Number));

/** What both programs print of the record of a run. */
const recorded = ({ summary, test: { loss, accuracy } }: ReportRun) => [
  ...summary.epochs.map(({ trainLoss, validationLoss, validationAccuracy }) => [
    ...[trainLoss, validationLoss, validationAccuracy],
  ]),
  [loss, accuracy],
];

/** Compares numbers of which the last of each line is an accuracy and the others are losses. */
function expectNear(actual: number[][], expected: number[][], { loss = 0, accuracy = 0 }): void {
  expect(actual.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  actual.forEach((numbers, line) => {
    numbers.forEach((value, i) => {
      const tolerance = i === numbers.length - 1 ? accuracy : loss;
      expect(Math.abs(value - expected[line][i]), `line ${line + 1}`).toBeLessThan(tolerance);
    });
  });
}

describe.each<[string, PartialConfig]>([
  ['the settings of the report', { epochs: 2, seed: 3 }],
  [
    'every kind of setting',
    {
      ...{ epochs: 3, seed: 1, optimizer: 'adamw', schedule: 'cosine', warmupEpochs: 1, clipNorm: 1 },
      ...{ labelSmoothing: 0.1, splitSeed: 1, monitor: 'loss', patience: 2, learningRate: 0.002 },
    },
  ],
  [
    'momentum',
    {
      epochs: 2,
      model: 'mlp',
      optimizer: 'nesterov',
      weightDecay: 0.001,
      learningRate: 0.05,
      schedule: 'one-cycle',
    },
  ],
])('a run with %s', (_what, settings) => {
  let run: ReportRun;
  beforeAll(async () => {
    run = await runOf(settings);
    expect(hasProgram(run)).toBe(true);
    expect(differencesOf(run)).toEqual([]);
  });

  test('is repeated by the program in TypeScript', () => {
    // Of numbers with six digits, and accuracies with four.
    expectNear(numbersIn(runTypeScript(inklingProgram(run))), recorded(run), { loss: 1e-5, accuracy: 1e-4 });
  });

  test.skipIf(torch === undefined)('is repeated by the program in Python (skipped without PyTorch)', () => {
    // Rounding errors grow with the number of steps; one of the 20 validation images may be classified differently.
    expectNear(numbersIn(runTorch(run)), recorded(run), { loss: 0.02, accuracy: 0.051 });
  });
});

test('what the program in Python leaves out is named', async () => {
  const run = await runOf({
    epochs: 1,
    model: 'mlp',
    augment: { shift: 1 },
    emaDecay: 0.9,
    classWeights: 'balanced',
  });
  expect(differencesOf(run)).toEqual(['data augmentation', 'class weights', 'the average of the weights']);
  const imported = { ...run, summary: { ...run.summary, stopReason: 'imported' as const } };
  expect(hasProgram(imported)).toBe(false);
  expect(hasProgram({ ...run, config: { ...run.config, initFrom: 'other' } })).toBe(false);
});
