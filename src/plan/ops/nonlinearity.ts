import type { OpShape, Partition } from '../opShape.js';

/** A function that is applied to each number by itself. */
export type Nonlinearity =
  /** `x` where it is positive, `slope · x` elsewhere. */
  | { readonly kind: 'leakyRelu'; readonly slope: number }
  /** `x / (1 + exp(-x))` */
  | { readonly kind: 'silu' }
  /** `x` times the share of the standard normal distribution that lies below `x`. */
  | { readonly kind: 'gelu' };

interface OfNonlinearity {
  readonly nonlinearity: Nonlinearity;
}

type ApplyNonlinearity = OpShape<'nonlinearity', 'input', 'output'> & OfNonlinearity;

type NonlinearityGrad = OpShape<'nonlinearityGrad', 'input' | 'outputGrad', 'inputGrad'> & OfNonlinearity;

export type NonlinearityOp = ApplyNonlinearity | NonlinearityGrad;

export const nonlinearityPartition: Readonly<Record<NonlinearityOp['op'], Partition>> = {
  nonlinearity: 'items',
  nonlinearityGrad: 'items',
};
