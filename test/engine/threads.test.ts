import { describe, expect, it } from 'vitest';
import { referenceKernels } from '#inkling/kernels/generated/referenceKernels.js';
import {
  avgPool2d,
  batchNorm1d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  gelu,
  globalAvgPool2d,
  type Layer,
  leakyRelu,
  linear,
  maxPool2d,
  normalize,
  relu,
  relu6,
  residual,
  sigmoid,
  silu,
  squeezeExcitation,
} from '#inkling/layers/index.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import { fillNetwork, planTraining, stepOf, trainWith } from '../helpers/trainingRun.js';
import { runAlone } from '../helpers/wasmRun.js';

const THREADS = [1, 2, 3, 4, 7];

const uneven: readonly Layer[] = [
  normalize({ mean: [0.4, 0.5], deviation: [0.3, 0.2] }),
  conv2d({ outChannels: 5, kernel: [3, 2], padding: [1, 0], stride: [1, 2] }),
  relu(),
  dropout({ probability: 0.3 }),
  conv2d({ outChannels: 3, kernel: 2, padding: 1 }),
  batchNorm2d(),
  maxPool2d({ kernel: 3, stride: 2, padding: [1, 0] }),
  flatten(),
  linear({ outFeatures: 7 }),
  relu(),
  dropout({ probability: 0.5 }),
  linear({ outFeatures: 3 }),
];

const residuals: readonly Layer[] = [
  conv2d({ outChannels: 4, kernel: [3, 2], padding: 'same', bias: false }),
  batchNorm2d({ epsilon: 1e-3 }),
  silu(),
  residual({
    layers: [
      conv2d({ outChannels: 6, kernel: 3, padding: 1, stride: 2, bias: false }),
      batchNorm2d(),
      relu6(),
      conv2d({ outChannels: 6, kernel: 3, padding: 1, bias: false }),
      batchNorm2d(),
    ],
    shortcut: [conv2d({ outChannels: 6, kernel: 1, stride: 2, bias: false }), batchNorm2d()],
  }),
  relu(),
  avgPool2d({ kernel: 2 }),
  residual({
    layers: [
      conv2d({ outChannels: 6, kernel: 3, padding: 1, groups: 6 }),
      leakyRelu(),
      conv2d({ outChannels: 6, kernel: 1, groups: 2 }),
      squeezeExcitation({
        layers: [globalAvgPool2d(), conv2d({ outChannels: 6, kernel: 1 }), sigmoid()],
      }),
      dropout({ probability: 0.2 }),
    ],
  }),
  gelu(),
  globalAvgPool2d(),
  flatten(),
  batchNorm1d(),
  linear({ outFeatures: 3, bias: false }),
];

/** The network of the original report. */
const report: readonly Layer[] = [
  conv2d({ outChannels: 16, kernel: 3, padding: 2 }),
  batchNorm2d(),
  relu(),
  maxPool2d({ kernel: 2 }),
  conv2d({ outChannels: 32, kernel: 3, padding: 2 }),
  batchNorm2d(),
  relu(),
  maxPool2d({ kernel: 2 }),
  flatten(),
  linear({ outFeatures: 10 }),
];

describe('after training, the entire memory is bit-identical for any number of threads', () => {
  it.each([
    { name: 'the report', training: planTraining(report, [28, 28, 1], 50, 20), counts: [20, 20, 10] },
    { name: 'uneven shapes', training: planTraining(uneven, [9, 11, 2], 60, 22), counts: [22, 22, 5, 1] },
    { name: 'residuals', training: planTraining(residuals, [11, 10, 3], 60, 22), counts: [22, 22, 5, 1] },
  ])('$name', async ({ training, counts }) => {
    const alone = await trainWith(THREADS[0], training, counts);
    expect(alone.losses.every((loss) => loss > 0)).toBe(true);
    expect(new Set(alone.losses).size).toBe(counts.length);
    for (const threads of THREADS.slice(1)) {
      expect(await trainWith(threads, training, counts), `${threads} threads`).toEqual(alone);
    }
  });
});

it.each([
  { name: 'uneven shapes', layers: uneven },
  { name: 'residuals', layers: residuals },
])('computes the same losses as the reference: $name', async ({ layers }) => {
  const counts = [22, 22, 5];
  const training = planTraining(layers, [9, 11, 2], 60, 22);
  const { losses } = await trainWith(2, training, counts);
  const { network, update } = training;
  const memory = TensorMemory.inDoublePrecision(network.arena.bytes);
  fillNetwork(memory, network);
  counts.forEach((count, index) => {
    const step = stepOf(count, 22 * index);
    for (const plan of [network.plan, update]) {
      runAlone(plan, referenceKernels, memory, memory, step, 0);
    }
    expect(losses[index]).toBeCloseTo(memory.doubles(network.results)[0], 5);
  });
});
