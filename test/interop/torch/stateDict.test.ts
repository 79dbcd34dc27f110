import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import type { SavedTensor } from '#inkling/interop/dtypes.js';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';
import { fromStateDict, toStateDict } from '#inkling/interop/torch/stateDict.js';
import { batchNorm2d, conv2d, flatten, linear } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { goldenFile, noGolden } from '../../helpers/golden.js';

const report = preset('report-cnn', { input: [28, 28, 1], classes: 10 });

/** 1×3 images with two channels, two 1×2 kernels, whose output is 1×2×2, and two classes. */
const tiny: Model = {
  name: 'tiny',
  input: [1, 3, 2],
  layers: [
    conv2d({ name: 'conv', outChannels: 2, kernel: [1, 2] }),
    batchNorm2d({ name: 'norm' }),
    flatten(),
    linear({ name: 'fc', outFeatures: 2 }),
  ],
};

/** The digits of each value are its indices: out, in, row and column, or out, channel, row and column. */
const weights = new Map([
  // [height, width, in, out]
  ['conv.weight', Float32Array.of(0, 1000, 100, 1100, 1, 1001, 101, 1101)],
  ['conv.bias', Float32Array.of(1, 2)],
  ['norm.weight', Float32Array.of(3, 4)],
  ['norm.bias', Float32Array.of(5, 6)],
  ['norm.running_mean', Float32Array.of(7, 8)],
  ['norm.running_var', Float32Array.of(9, 10)],
  // [height × width × channel, out]
  ['fc.weight', Float32Array.of(0, 1000, 100, 1100, 1, 1001, 101, 1101)],
  ['fc.bias', Float32Array.of(11, 12)],
]);

const f32 = (shape: number[], ...values: number[]): SavedTensor => ({
  dtype: 'F32',
  shape,
  values: Float32Array.from(values),
});

const stateDict: [string, SavedTensor][] = [
  // [out, in, height, width]
  ['conv.weight', f32([2, 2, 1, 2], 0, 1, 100, 101, 1000, 1001, 1100, 1101)],
  ['conv.bias', f32([2], 1, 2)],
  ['norm.weight', f32([2], 3, 4)],
  ['norm.bias', f32([2], 5, 6)],
  ['norm.running_mean', f32([2], 7, 8)],
  ['norm.running_var', f32([2], 9, 10)],
  ['norm.num_batches_tracked', { dtype: 'I64', shape: [], values: BigInt64Array.of(13n) }],
  // [out, channel × height × width]
  ['fc.weight', f32([2, 4], 0, 1, 100, 101, 1000, 1001, 1100, 1101)],
  ['fc.bias', f32([2], 11, 12)],
];

test('converts to PyTorch’s layout and back', () => {
  expect([...toStateDict(tiny, weights, 13)]).toEqual(stateDict);
  expect(fromStateDict(tiny, new Map(stateDict), 'x')).toEqual({ weights, batches: 13 });
});

test('reads the largest counter of batches, or 0 without any', () => {
  const without = new Map(stateDict);
  without.delete('norm.num_batches_tracked');
  expect(fromStateDict(tiny, without, 'x').batches).toBe(0);
  const dict = toStateDict(report, initialWeights(resolveModel(report), new Random(0)), 2);
  dict.set('layer1.1.num_batches_tracked', { dtype: 'I64', shape: [], values: BigInt64Array.of(5n) });
  expect(fromStateDict(report, dict, 'x').batches).toBe(5);
});

test.each(['module.', '_orig_mod.', 'module._orig_mod.'])(
  'accepts the prefix %s of a wrapped model',
  (prefix) => {
    const tensors = new Map(
      [...toStateDict(tiny, weights, 7)].map(([name, tensor]) => [prefix + name, tensor]),
    );
    expect(fromStateDict(tiny, tensors, 'x')).toEqual({ weights, batches: 7 });
    tensors.delete(`${prefix}fc.bias`);
    expect(() => fromStateDict(tiny, tensors, 'x')).toThrow('missing: fc.bias; ');
  },
);

test('lists all mismatches at once', () => {
  const broken = new Map(stateDict);
  broken.delete('conv.bias');
  broken.delete('norm.running_mean');
  broken.set('module.fc.bias', f32([2], 0, 0)).set('head', f32([1], 0));
  broken.set('fc.weight', f32([4, 2], 0, 0, 0, 0, 0, 0, 0, 0)).set('norm.num_batches_tracked', f32([], 0));
  broken.set('fc.bias', { dtype: 'I64', shape: [2], values: BigInt64Array.of(0n, 0n) });
  expect(() => fromStateDict(tiny, broken, 'x')).toThrow(
    new InklingError(
      'x: expected the tensors of the model tiny; ' +
        'missing: conv.bias, norm.running_mean; unexpected: module.fc.bias, head; wrong type or shape: ' +
        'norm.num_batches_tracked: expected I64 [], got F32 [], fc.weight: expected F32 [2, 4], got F32 [4, 2], ' +
        'fc.bias: expected F32 [2], got I64 [2]; choose the model that they were saved from',
    ),
  );
});

test.each([-1n, 2n ** 60n])('rejects %s batches', (count) => {
  const dict = new Map(stateDict);
  dict.set('norm.num_batches_tracked', { dtype: 'I64', shape: [], values: BigInt64Array.of(count) });
  expect(() => fromStateDict(tiny, dict, 'x')).toThrow(
    new InklingError(
      `x: norm.num_batches_tracked: expected a number of batches from 0 to ${Number.MAX_SAFE_INTEGER}, got ${count}`,
    ),
  );
});

test('rejects saving weights that do not match the model', () => {
  const without = new Map(weights);
  without.delete('fc.bias');
  expect(() => toStateDict(tiny, without, 0)).toThrow(
    new InklingError('tiny: fc.bias: expected 2 values, got none'),
  );
  expect(() => toStateDict(tiny, new Map(weights).set('fc.bias', new Float32Array(3)), 0)).toThrow(
    new InklingError('tiny: fc.bias: expected 2 values, got 3'),
  );
});

test.for([0, 1, 2])('reads what PyTorch saved with seed %i and saves the same', (seed, { skip }) => {
  const name = `report-seed-${seed}.init.safetensors`;
  const { tensors } = decodeSafetensors(goldenFile(name) ?? skip(noGolden), name);
  const { weights, batches } = fromStateDict(report, tensors, name);
  expect(batches).toBe(1);
  expect([...toStateDict(report, weights, batches)]).toEqual([...tensors]);
});

test.for([0, 1, 2])('draws the weights that PyTorch draws from seed %i', (seed, { skip }) => {
  const name = `report-seed-${seed}.init.safetensors`;
  const { tensors } = decodeSafetensors(goldenFile(name) ?? skip(noGolden), name);
  const drawn = toStateDict(report, initialWeights(resolveModel(report), new Random(seed)), 1);
  for (const [name, tensor] of tensors) {
    // The forward pass in PyTorch's constructor has updated the running statistics.
    if (!name.includes('running')) expect(ulpsApart(drawn.get(name), tensor), name).toBeLessThanOrEqual(1);
  }
});

/** The largest difference of two tensors, in units in the last place; 0 for equal counters. */
function ulpsApart(ours: SavedTensor | undefined, theirs: SavedTensor): number {
  if (ours?.dtype !== 'F32' || theirs.dtype !== 'F32') {
    return ours?.values[0] === theirs.values[0] ? 0 : Infinity;
  }
  const distances = theirs.values.map((value, i) => Math.abs(ordinal(value) - ordinal(ours.values[i])));
  return Math.max(...distances);
}

/** The rank of a float32 among all float32 values, in ascending order. */
function ordinal(value: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer)[0];
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}

test.each([NaN, Infinity, -Infinity])('rejects a weight of %d, and names its tensor', (value) => {
  const damaged = new Map(stateDict).set('fc.bias', f32([2], 11, value));
  expect(() => fromStateDict(tiny, damaged, 'x')).toThrow(
    new InklingError(
      `x: tensor "fc.bias": expected finite numbers, got ${value} at index 1; the file is damaged, or its training diverged: use another one`,
    ),
  );
});
