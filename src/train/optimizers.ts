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

/** PyTorch's constants: how slowly the moments forget, and what keeps a step finite. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

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
      ...ADAM,
    });
  } else {
    const writes = { parameter, velocity: state('velocity') };
    builder.complete({ op: 'sgd', reads: { gradient }, writes, momentum: optimizer.momentum });
  }
}

/** Adam's corrections for moments that start from zero, at its `update`-th update, counted from 1. */
export function biasCorrections(update: number): Pick<Step, 'biasCorrection1' | 'biasCorrection2'> {
  return { biasCorrection1: 1 - ADAM.beta1 ** update, biasCorrection2: 1 - ADAM.beta2 ** update };
}
