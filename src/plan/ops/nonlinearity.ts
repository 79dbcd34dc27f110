import type { OpShape, Partition } from '../opShape.js';

/** A function that is applied element by element. */
export type Nonlinearity =
  /** `x` if it is positive, otherwise `slope · x`. */
  | { readonly kind: 'leakyRelu'; readonly slope: number }
  /** `x / (1 + exp(-x))` */
  | { readonly kind: 'silu' }
  /** `x · Φ(x)`, with the cumulative distribution function Φ of the standard normal distribution. */
  | { readonly kind: 'gelu' }
  /** `1 / (1 + exp(-x))` */
  | { readonly kind: 'sigmoid' }
  /** `x / 6 + 1/2`, limited to 0 and 1. */
  | { readonly kind: 'hardSigmoid' }
  /** `x` times its hard sigmoid. */
  | { readonly kind: 'hardSwish' };

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
