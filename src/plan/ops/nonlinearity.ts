import type { OpShape, Partition } from './shape.js';

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

type Relu = OpShape<'relu', 'input', 'output'>;

type ReluGrad = OpShape<'reluGrad', 'output' | 'outputGrad', 'inputGrad'>;

type ApplyNonlinearity = OpShape<'nonlinearity', 'input', 'output'> & OfNonlinearity;

type NonlinearityGrad = OpShape<'nonlinearityGrad', 'input' | 'outputGrad', 'inputGrad'> & OfNonlinearity;

/** Zeroes an element with `probability`, scales the others; its own gradient too, since the mask can be drawn again. */
type Dropout = OpShape<'dropout', 'input', 'output'> & {
  readonly probability: number;
  /** Tells the dropout layers of one model apart. */
  readonly salt: number;
};

export type NonlinearityOp = Relu | ReluGrad | ApplyNonlinearity | NonlinearityGrad | Dropout;

export const nonlinearityPartition: Readonly<Record<NonlinearityOp['op'], Partition>> = {
  relu: 'items',
  reluGrad: 'items',
  nonlinearity: 'items',
  nonlinearityGrad: 'items',
  dropout: 'items',
};
