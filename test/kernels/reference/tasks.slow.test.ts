import { describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import {
  avgPool2d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  linear,
  maxPool2d,
  relu,
  residual,
  silu,
} from '#inkling/layers/index.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { taskRange } from '#inkling/plan/plan.js';
import { BYTES_PER_ELEMENT, type Tensor } from '#inkling/plan/tensor.js';
import { planNetwork } from '../../helpers/network.js';
import { interiorOf, type ObservedTask, ReferenceRun, runOf } from '../../helpers/referenceRun.js';

const FIRST = 2;

/** The elements of a written tensor that belong to a task. */
function ownElements(tensor: Tensor, { op, partition, task, begin, end }: ObservedTask): readonly number[] {
  if (partition === 'whole') return interiorOf(tensor);
  if (op.op === 'linearWeightGrad' && tensor.shape.length === 2) {
    const [inputs, outputs] = tensor.shape;
    return interiorOf(tensor).slice(...taskRange(inputs, task).map((input) => input * outputs));
  }
  if (partition === 'elements') {
    return interiorOf(tensor).slice(...taskRange(interiorOf(tensor).length, task));
  }
  if (tensor.per === 'image') return interiorOf(tensor, begin, end);
  if (tensor.per === 'task') return interiorOf(tensor, task, task + 1);
  return interiorOf(tensor).slice(FIRST + begin, FIRST + end);
}

/** Runs a task with random values in the tensors that its operation writes; only the task's own bytes may change. */
function expectOwnBytesOnly(
  run: ReferenceRun,
  bytes: Uint8Array,
  random: Random,
  observed: ObservedTask,
): void {
  const written: Tensor[] = Object.values(observed.op.writes);
  for (const tensor of written) {
    if (tensor.dtype !== 'i32') run.set(tensor, () => random.uniform(0.5, 1));
  }
  const before = bytes.slice();
  observed.call();
  const foreign = bytes.map((byte, index) => (byte === before[index] ? 0 : 1));
  for (const tensor of written) {
    const size = BYTES_PER_ELEMENT[tensor.dtype];
    for (const element of ownElements(tensor, observed)) {
      const start = tensor.offset + element * size;
      foreign.fill(0, start, start + size);
    }
  }
  expect(foreign.indexOf(1), `${observed.op.op}, task ${observed.task}: first foreign byte`).toBe(-1);
}

function expectTasksApart(run: ReferenceRun, memoryBytes: number, count: number): string[] {
  const random = new Random(9);
  const whole = { name: 'memory', dtype: 'u8', per: 'plan', count: 1, halo: [0, 0], offset: 0 } as const;
  const bytes = run.memory.bytes({ ...whole, shape: [memoryBytes] });
  const names = new Set<string>();
  run.run({ first: FIRST, count }, (observed) => {
    names.add(observed.op.op);
    expectOwnBytesOnly(run, bytes, random, observed);
  });
  return [...names];
}

/** Operations that no layer adds in training. */
function addOthers(builder: PlanBuilder) {
  const shared = (name: string, size = 35) => builder.shared({ name, shape: [size] });
  const logits = builder.perImage('logits', [3]);
  const probabilities = builder.perImage('probabilities', [3]);
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  const predictions = builder.shared({ name: 'predictions', dtype: 'i32', shape: [24] });
  const [gradient, parameter, firstMoment, secondMoment, velocity] = 'gpfsv'.split('').map((n) => shared(n));
  const [gamma, beta, runningMean, runningVariance, scale, shift] = 'gbmvas'.split('').map((n) => shared(n));
  builder.add({ op: 'softmax', reads: { logits }, writes: { probabilities } });
  builder.add({
    op: 'score',
    reads: { logits, targets },
    writes: { losses: shared('losses', 24), predictions, outputs: shared('outputs', 72) },
  });
  builder.add({
    op: 'adam',
    rateFactor: 1,
    reads: { gradient },
    writes: { parameter, firstMoment, secondMoment },
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  });
  builder.add({
    op: 'sgd',
    rateFactor: 1,
    reads: { gradient },
    writes: { parameter, velocity },
    momentum: 0.9,
    nesterov: false,
  });
  builder.add({
    op: 'batchNormRunning',
    reads: { gamma, beta, runningMean, runningVariance },
    writes: { scale, shift },
    epsilon: 1e-5,
  });
  return { logits, gradient, end: shift };
}

describe('a task of a reference kernel writes only its own items or elements, and no halo', () => {
  it.each([3, 21])('in training, with %i images', (count) => {
    const network = planNetwork({
      imageShape: [6, 5, 1],
      imageCount: 24,
      batchSize: 22,
      mode: 'training',
      layers: [
        conv2d({ outChannels: 3, kernel: 3, padding: 1 }),
        batchNorm2d(),
        relu(),
        dropout({ probability: 0.3 }),
        conv2d({ outChannels: 2, kernel: 3, padding: [1, 2] }),
        relu(),
        maxPool2d({ kernel: 2 }),
        residual({ layers: [conv2d({ outChannels: 2, kernel: 3, padding: 1, groups: 2 }), silu()] }),
        avgPool2d({ kernel: [2, 1], stride: 1 }),
        conv2d({ outChannels: 2, kernel: 2 }),
        flatten(),
        linear({ outFeatures: 4 }),
      ],
    });
    const run = new ReferenceRun(network.arena, network.plan, 'float32');
    const random = new Random(10);
    run.set(network.source.images, () => random.uint32() % 256);
    for (const tensor of network.parameters.values()) run.set(tensor, () => random.uniform(0.5, 1));
    const names = expectTasksApart(run, network.arena.bytes, count);
    expect(names).toHaveLength(31);
  });

  it.each([3, 21])('in evaluation and in the update, with %i images', (count) => {
    const { run, tensors } = runOf(22, addOthers, 'float32');
    const random = new Random(11);
    run.set(tensors.logits, () => random.uniform(-1, 1));
    run.set(tensors.gradient, () => random.uniform(-1, 1));
    const names = expectTasksApart(run, tensors.end.offset + 256, count);
    expect(names).toEqual(['softmax', 'score', 'adam', 'sgd', 'batchNormRunning']);
  });
});
