import type { OpShape, PaddedWindow, Partition } from './shape.js';

/**
 * `[3, 3, in, out]` -> `[16, in, out]`: a weight as Winograd's algorithm multiplies with it. A convolution that reads such a
 * `transformed` may be computed by that algorithm.
 */
type WinogradWeight = OpShape<'winogradWeight', 'weight', 'transformed'>;

/** Cross-correlation. */
type Conv2d = OpShape<'conv2d', 'input' | 'weight', 'output', 'bias' | 'transformed'> & PaddedWindow;

/** `transposed` is the weight as `transposeWeight` leaves it; `transformed` is made of that. */
type Conv2dInputGrad = OpShape<'conv2dInputGrad', 'outputGrad' | 'transposed', 'inputGrad', 'transformed'> &
  PaddedWindow;

/** Sums over the items of a task; one partial a task. */
type Conv2dWeightGrad = OpShape<
  'conv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  PaddedWindow & {
    /** Whether it may be computed by Winograd's algorithm. */
    readonly winograd: boolean;
  };

interface Grouped {
  /** In how many groups of neighbours the channels are; a group's outputs see its inputs only. */
  readonly groups: number;
}

/** `conv2d` with the weight `[taps, inputs of a group, outputs]`. */
type GroupedConv2d = OpShape<'groupedConv2d', 'input' | 'weight', 'output', 'bias'> & PaddedWindow & Grouped;

type GroupedConv2dInputGrad = OpShape<'groupedConv2dInputGrad', 'outputGrad' | 'transposed', 'inputGrad'> &
  PaddedWindow &
  Grouped;

type GroupedConv2dWeightGrad = OpShape<
  'groupedConv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  PaddedWindow &
  Grouped;

/** A `conv2d` and the `normReluPool2d` that reads it in one; `fuse` puts it in their place. */
type Conv2dNormReluPool2d = OpShape<
  'conv2dNormReluPool2d',
  'input' | 'weight' | 'transformed' | 'scale' | 'shift',
  'output',
  'bias'
> &
  PaddedWindow;

export type ConvolutionOp =
  | WinogradWeight
  | Conv2d
  | Conv2dInputGrad
  | Conv2dWeightGrad
  | GroupedConv2d
  | GroupedConv2dInputGrad
  | GroupedConv2dWeightGrad
  | Conv2dNormReluPool2d;

export const conv2dPartition: Readonly<Record<ConvolutionOp['op'], Partition>> = {
  winogradWeight: 'elements',
  conv2d: 'items',
  conv2dInputGrad: 'items',
  conv2dWeightGrad: 'items',
  groupedConv2d: 'items',
  groupedConv2dInputGrad: 'items',
  groupedConv2dWeightGrad: 'items',
  conv2dNormReluPool2d: 'items',
};
