import { describe, expect, it } from 'vitest';
import { batchNorm2d, conv2d, flatten, linear, maxPool2d, relu } from '#inkling/layers/index.js';
import type { Op } from '#inkling/plan/ops.js';
import { scratchBytesOf } from '#inkling/plan/scratch.js';
import { winogradTileSize } from '#inkling/plan/winograd.js';
import { planNetwork } from '../helpers/network.js';
import { fillNetwork, planTraining, stepOf } from '../helpers/trainingRun.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import { referenceKernels } from '#inkling/kernels/generated/referenceKernels.js';
import { fmaKernels, runAlone, simdKernels, WasmRun } from '../helpers/wasmRun.js';

type Convolution = Parameters<typeof winogradTileSize>[0];

const suitable: Convolution = {
  inputs: 32,
  outputs: 64,
  kernel: [3, 3],
  stride: [1, 1],
  padding: [1, 1],
  dilation: [1, 1],
  size: [14, 14],
};

describe("Winograd's algorithm is used for convolutions that it computes faster", () => {
  it.each<[string, Partial<Convolution>]>([
    ['other kernels', { kernel: [3, 5] }],
    ['strides', { stride: [2, 2] }],
    ['dilation', { dilation: [1, 2] }],
    ['channels that are not a multiple of eight', { inputs: 36 }],
    ['few channels', { inputs: 24 }],
    ['images too small for its tiles', { size: [3, 3] }],
    ['wide padding, most of whose products are skipped anyway', { size: [5, 5], padding: [2, 2] }],
  ])('not for %s', (_what, change) => {
    expect(winogradTileSize(suitable, 'training')).toBeDefined();
    expect(winogradTileSize({ ...suitable, ...change }, 'training')).toBeUndefined();
  });

  it.each([
    ['small images, which have few large tiles', [4, 4], 2],
    ['images that large tiles exceed by much', [6, 6], 2],
    ['images of whole large tiles', [8, 8], 4],
    ['images of odd size', [7, 7], 4],
  ] as const)('with %s', (_what, size, tileSize) => {
    expect(winogradTileSize({ ...suitable, size }, 'training')).toBe(tileSize);
    expect(winogradTileSize({ ...suitable, size }, 'weightGrad')).toBe(tileSize);
  });

  it('requires the fewest channels in evaluation, and the most for the gradient of a weight', () => {
    const suits = (inputs: number, outputs: number) =>
      (['evaluation', 'training', 'weightGrad'] as const).filter((use) =>
        winogradTileSize({ ...suitable, inputs, outputs }, use),
      );
    expect(suits(8, 32)).toEqual([]);
    expect(suits(16, 32)).toEqual(['evaluation']);
    expect(suits(32, 16)).toEqual(['evaluation', 'training']);
    expect(suits(32, 32)).toEqual(['evaluation', 'training', 'weightGrad']);
  });

  it.each(['training', 'weightGrad'] as const)(
    'with few channels and images that large tiles nearly fit: %s',
    (use) => {
      const tileSizeOf = (pixels: number, inputs: number) =>
        winogradTileSize({ ...suitable, inputs, outputs: 16, size: [pixels, pixels] }, use);
      expect([28, 27].map((pixels) => tileSizeOf(pixels, 16))).toEqual([4, 4]);
      expect([17, 14].map((pixels) => tileSizeOf(pixels, 16))).toEqual([undefined, undefined]);
      expect(tileSizeOf(28, 8)).toBeUndefined();
    },
  );
});

const layers = [
  conv2d({ outChannels: 32, kernel: 3, padding: 1 }),
  batchNorm2d(),
  relu(),
  maxPool2d({ kernel: 2 }),
  conv2d({ outChannels: 40, kernel: 3, padding: 1 }),
  batchNorm2d(),
  relu(),
  maxPool2d({ kernel: 2 }),
  flatten(),
  linear({ outFeatures: 3 }),
];
const imageShape = [14, 14, 1];
const isWinograd = (op: Op) => op.op.startsWith('conv2d') && scratchBytesOf(op) > 0;

it('is used for all three passes of a wide convolution in training, and with pooling in evaluation', () => {
  const opsOf = (mode: 'training' | 'evaluation') =>
    planNetwork({ layers, imageShape, imageCount: 4, batchSize: 4, mode })
      .plan.stages.flatMap(({ ops }) => ops)
      .filter(isWinograd)
      .map(({ op }) => op);
  expect(opsOf('training')).toEqual(['conv2d', 'conv2dGroupWeightGrad', 'conv2dInputGrad']);
  expect(opsOf('evaluation')).toEqual(['conv2dNormReluPool2d']);
});

it('computes the same loss and gradients as the definition', () => {
  const { network } = planTraining(layers, imageShape, 20, 10);
  const { plan, arena, results, gradients } = network;
  const step = stepOf(10, 0);
  const truth = TensorMemory.inDoublePrecision(arena.bytes);
  fillNetwork(truth, network);
  runAlone(plan, referenceKernels, truth, truth, step, 0);
  const run = new WasmRun(fmaKernels ?? simdKernels, arena.bytes);
  fillNetwork(run.memory, network);
  run.run(plan, step);
  expect(run.memory.doubles(results)[0]).toBeCloseTo(truth.doubles(results)[0], 6);
  for (const [name, tensor] of gradients) {
    const expected = truth.floats(tensor);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const distance = run.memory.floats(tensor).map((value, i) => Math.abs(value - expected[i]));
    // A convolution's bias before batch normalization has no effect: its gradient is only rounding error.
    if (name === '0.bias' || name === '4.bias') continue;
    expect(Math.max(...distance), name).toBeLessThan(1e-5 * largest);
  }
});
