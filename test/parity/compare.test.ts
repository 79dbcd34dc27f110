import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { toStateDict } from '#inkling/interop/torch/stateDict.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { compareStart } from '#inkling/parity/compare.js';
import { readGoldenFolder } from '#inkling/parity/golden.js';
import { compareMeans, isWithin } from '#inkling/parity/parity.js';
import type { ReportStart } from '#inkling/parity/start.js';
import { temporaryFolder } from '../data/tinySet.js';

const model = preset('report-cnn', { input: [8, 8, 1], classes: 2 });
// No value is zero, because differences are relative.
const weights = new Map(
  [...initialWeights(resolveModel(model), new Random(0))].map(([name, values]) => [
    name,
    values.map((value) => value || 0.5),
  ]),
);
const losses = Array.from({ length: 20 }, (_, step) => 2 - step / 20);
const hash = 'a'.repeat(64);
const record = {
  seed: 3,
  batch_size: 64,
  learning_rate: 0.001,
  split: { train_sha256_u32le: hash, validation_sha256_u32le: hash },
  step_losses: losses,
  epochs: [{ order_sha256_u32le: hash }],
  test: { correct: 90, total: 100 },
};
const start: ReportStart = { initial: weights, gradients: weights, afterTenSteps: weights, losses };
const golden = { record, initial: weights, gradients: weights, afterTenSteps: weights };

/** The weights with one changed value. */
function changed(name: string, change: (value: number) => number) {
  const values = weights.get(name)?.slice() ?? new Float32Array();
  values[1] = change(values[1]);
  return new Map(weights).set(name, values);
}

function broken(ours: Partial<ReportStart>): string[] {
  return compareStart(golden, { ...start, ...ours }, model)
    .filter((check) => !isWithin(check))
    .map(({ what }) => what);
}

test('reports no differences between equal results', () => {
  const checks = compareStart(golden, start, model);
  expect(checks.map(({ worst }) => worst)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(checks.every(isWithin)).toBe(true);
});

test('detects each kind of difference', () => {
  // One unit in the last place is at most 2^-23 of a value.
  expect(broken({ initial: changed('fc.weight', (value) => value * (1 + 2 ** -23)) })).toEqual([]);
  expect(broken({ initial: changed('fc.weight', (value) => value * (1 + 2 ** -20)) })).toEqual([
    'initial weights',
  ]);
  expect(broken({ initial: changed('layer1.0.bias', (value) => -value) })).toEqual(['initial weights']);
  const gradients = changed('layer2.0.weight', (value) => value + 1e-3);
  expect(broken({ gradients })).toEqual(['gradients of step 1']);
  const later = losses.map((loss, step) => (step === 10 ? loss + 1e-3 : loss));
  expect(broken({ losses: later })).toEqual([]);
  expect(broken({ losses: later.map((loss) => loss + 2e-5) })).toEqual(['losses of steps 1 to 10']);
  expect(broken({ losses: later.map((loss) => loss + 2e-2) })).toEqual([
    'losses of steps 1 to 10',
    'losses of steps 1 to 20',
  ]);
  expect(broken({ losses: losses.slice(0, 9) })).toEqual([
    'losses of steps 1 to 10',
    'losses of steps 1 to 20',
  ]);
  const afterTenSteps = changed('fc.weight', (value) => value + 0.01);
  expect(broken({ afterTenSteps })).toEqual(['state after 10 steps']);
});

test('tolerates different biases before batch normalization, up to the change of ten steps', () => {
  expect(broken({ gradients: changed('layer1.0.bias', () => 1) })).toEqual([]);
  const biasAfterTen = (by: number) =>
    broken({ afterTenSteps: changed('layer1.0.bias', (value) => value + by) });
  expect(biasAfterTen(0.009)).toEqual([]);
  expect(biasAfterTen(0.011)).toEqual(['change of the convolution biases in 10 steps']);
});

test('tolerates the effect of these biases on running means', () => {
  const torch = new Map(weights).set('layer1.1.running_mean', new Float32Array(16).fill(1));
  const check = (by: number) => {
    const ours = new Map(weights).set('layer1.1.running_mean', new Float32Array(16).fill(1 + by));
    return compareStart({ ...golden, afterTenSteps: torch }, { ...start, afterTenSteps: ours }, model)[5];
  };
  // 0.1 × 0.002 × the sum of n × 0.9^(9 - n) for n from 0 to 9 is 0.0069736…
  expect(check(0.006).worst).toBe(0);
  expect(check(0.009).worst).toBeCloseTo((0.009 - 0.0069736) / 4, 5);
});

test('compares the signed mean over the seeds', () => {
  const of = (accuracyDifference: number) => ({ seed: 0, checks: [], accuracyDifference });
  expect(compareMeans([of(0.5), of(-0.6), of(0.4)]).worst).toBeCloseTo(0.1, 12);
  expect(isWithin(compareMeans([of(NaN)]))).toBe(false);
});

test('reads a folder of records in the order of seeds', () => {
  const folder = temporaryFolder();
  const dict = toStateDict(model, weights, 1);
  const trained = new Map([...dict].filter(([name]) => !/running|batches/.test(name)));
  for (const seed of [10, 9]) {
    const path = join(folder, `report-seed-${seed}`);
    writeFileSync(`${path}.json`, JSON.stringify({ ...record, seed }));
    writeFileSync(`${path}.init.safetensors`, encodeSafetensors(dict, {}));
    writeFileSync(`${path}.grad1.safetensors`, encodeSafetensors(trained, {}));
    writeFileSync(`${path}.step10.safetensors`, encodeSafetensors(dict, {}));
  }
  const [first, second] = readGoldenFolder(folder, model);
  expect([first.record.seed, second.record.seed]).toEqual([9, 10]);
  expect(first.initial).toEqual(weights);
  expect(first.gradients.get('layer2.0.weight')).toEqual(weights.get('layer2.0.weight'));
  expect(first.gradients.size).toBe(trained.size);
});

test('reports missing and invalid records', () => {
  const folder = temporaryFolder();
  for (const path of [folder, join(folder, 'none')]) {
    expect(() => readGoldenFolder(path, model)).toThrow(
      new InklingError(`${path}: expected PyTorch's records, such as report-seed-0.json, found none`),
    );
  }
  writeFileSync(join(folder, 'report-seed-1.json'), JSON.stringify({ ...record, step_losses: [1] }));
  expect(() => readGoldenFolder(folder, model)).toThrow(/report-seed-1\.json: step_losses: /);
});
