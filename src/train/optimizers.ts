import { z } from 'zod';
import type { NetworkTensors } from '../models/network.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { Step } from '../plan/steps.js';

export const optimizerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('adam') }),
  z.strictObject({ type: z.literal('sgd'), momentum: z.number().min(0).lt(1) }),
]);

/** How gradients move the weights. */
export type Optimizer = Readonly<z.infer<typeof optimizerSchema>>;

export const optimizerNames = ['adam', 'sgd'] as const satisfies readonly Optimizer['type'][];

/** PyTorch's constants. */
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Adds the update of all trained parameters to a training plan. */
export function addUpdate(
  builder: PlanBuilder,
  optimizer: Optimizer,
  trained: NetworkTensors['trained'],
): void {
  const { parameter, gradient } = trained;
  const state = (name: string) => builder.shared({ name, shape: parameter.shape });
  if (optimizer.type === 'adam') {
    builder.complete({
      op: 'adam',
      reads: { gradient },
      writes: { parameter, firstMoment: state('firstMoment'), secondMoment: state('secondMoment') },
      beta1: BETA_1,
      beta2: BETA_2,
      epsilon: EPSILON,
    });
  } else {
    const writes = { parameter, velocity: state('velocity') };
    builder.complete({ op: 'sgd', reads: { gradient }, writes, momentum: optimizer.momentum });
  }
}

/** Adam's corrections for moments that start from zero, at its `update`-th update, counted from 1. */
export function biasCorrections(update: number): Pick<Step, 'biasCorrection1' | 'biasCorrection2'> {
  return { biasCorrection1: 1 - BETA_1 ** update, biasCorrection2: 1 - BETA_2 ** update };
}
