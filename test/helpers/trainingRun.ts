import { createHash } from 'node:crypto';
import { Random } from '#inkling/core/random.js';
import { Team } from '#inkling/engine/team.js';
import type { Layer } from '#inkling/layers/index.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import type { TensorMemory } from '#inkling/plan/memory.js';
import type { Plan } from '#inkling/plan/plan.js';
import type { Step } from '#inkling/plan/steps.js';
import type { Shape } from '#inkling/core/shape.js';
import { type Network, planNetwork } from './network.js';

const CLASSES = 3;

/** A network with the plan of its training step, and the plan of an optimizer step, in the same arena. */
export interface Training {
  readonly network: Network;
  readonly update: Plan;
}

export function planTraining(
  layers: readonly Layer[],
  imageShape: Shape,
  imageCount: number,
  batchSize: number,
): Training {
  const network = planNetwork({ layers, imageShape, imageCount, batchSize, mode: 'training' });
  const builder = new PlanBuilder(network.arena, batchSize);
  for (const [name, gradient] of network.gradients) {
    const parameter = network.parameters.get(name);
    if (parameter === undefined) throw new Error(`no parameter ${name}`);
    const { shape } = parameter;
    const firstMoment = builder.shared({ name: `${name}.first`, shape });
    const secondMoment = builder.shared({ name: `${name}.second`, shape });
    const writes = { parameter, firstMoment, secondMoment };
    builder.add({
      op: 'adam',
      reads: { gradient },
      writes,
      rateFactor: 1,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    });
  }
  return { network, update: builder.build('update') };
}

/** Sets random images, labels and weights; the same every time. */
export function fillNetwork(memory: TensorMemory, { source, parameters }: Network): void {
  const random = new Random(7);
  const { images, labels } = source;
  memory.bytes(images).forEach((_, i, array) => (array[i] = random.uint32() % 256));
  memory.ints(labels).forEach((_, i, array) => (array[i] = random.uint32() % CLASSES));
  for (const parameter of parameters.values()) {
    memory.floats(parameter).forEach((_, i, array) => (array[i] = random.uniform(0, 0.2) - 0.08));
  }
  for (const [name, parameter] of parameters)
    if (name.endsWith('running_var')) memory.floats(parameter).fill(1);
}

export function stepOf(count: number, first: number): Step {
  return {
    count,
    first,
    learningRate: 0.01,
    biasCorrection1: 0.1,
    biasCorrection2: 0.001,
    averageShare: 0,
    dropoutSeed: 99 + first,
    augmentSeed: 7 + first,
  };
}

/** Trains on consecutive batches; returns a hash of the memory except the workers' scratch memory, and the losses. */
export async function trainWith(threads: number, training: Training, counts: readonly number[]) {
  const { network, update } = training;
  const { bytes } = network.arena;
  const team = await Team.start(threads, bytes);
  try {
    fillNetwork(team.tensors, network);
    const steps = counts.map((count, index) =>
      stepOf(
        count,
        counts.slice(0, index).reduce((a, b) => a + b, 0),
      ),
    );
    const losses: number[] = [];
    for (const step of steps) {
      await team.run(network.plan, [step]);
      losses.push(team.tensors.doubles(network.results)[0]);
      await team.run(update, [step]);
    }
    // Without updates between them: many steps in one message.
    await team.run(network.plan, steps);
    const results = Array.from(team.tensors.doubles(network.results).subarray(0, 2 * steps.length));
    team.tensors.bytes(network.plan.scratch).fill(0);
    const all = {
      name: 'all',
      dtype: 'u8',
      per: 'plan',
      count: 1,
      shape: [bytes],
      halo: [0, 0],
      offset: 0,
    } as const;
    return { hash: createHash('sha256').update(team.tensors.bytes(all)).digest('hex'), losses, results };
  } finally {
    await team.close();
  }
}
