import type { OpShape, Partition } from '../opShape.js';

/**
 * `[3, 3, in, out]` -> `[16, in, out]`: the weight in the form that Winograd's algorithm needs. A convolution that reads it as
 * `transformed` may be computed by that algorithm.
 */
type WinogradWeight = OpShape<'winogradWeight', 'weight', 'transformed'>;

export type WinogradWeightOp = WinogradWeight;

export const winogradWeightPartition: Readonly<Record<WinogradWeightOp['op'], Partition>> = {
  winogradWeight: 'elements',
};
