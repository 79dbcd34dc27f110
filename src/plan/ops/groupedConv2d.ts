import type { Bounded, DilatedWindow, OpShape, Partition } from '../opShape.js';

interface Grouped {
  /** The number of groups of consecutive channels; the outputs of a group depend on its inputs only. */
  readonly groups: number;
}

/** `conv2d` with the weight `[taps, inputs of a group, outputs]`. */
type GroupedConv2d = OpShape<'groupedConv2d', 'input' | 'weight', 'output', 'bias'> &
  DilatedWindow &
  Grouped &
  Bounded;

type GroupedConv2dInputGrad = OpShape<'groupedConv2dInputGrad', 'outputGrad' | 'transposed', 'inputGrad'> &
  DilatedWindow &
  Grouped;

type GroupedConv2dWeightGrad = OpShape<
  'groupedConv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  DilatedWindow &
  Grouped;

export type GroupedConv2dOp = GroupedConv2d | GroupedConv2dInputGrad | GroupedConv2dWeightGrad;

export const groupedConv2dPartition: Readonly<Record<GroupedConv2dOp['op'], Partition>> = {
  groupedConv2d: 'items',
  groupedConv2dInputGrad: 'items',
  groupedConv2dWeightGrad: 'items',
};
