import type { OpShape, Partition } from '../opShape.js';

/**
 * `[3, 3, in, out]` -> `[16, in, out]`: a weight as Winograd's algorithm multiplies with it. A convolution that reads such a
 * `transformed` may be computed by that algorithm.
 */
type WinogradWeight = OpShape<'winogradWeight', 'weight', 'transformed'>;

export type WinogradWeightOp = WinogradWeight;

export const winogradWeightPartition: Readonly<Record<WinogradWeightOp['op'], Partition>> = {
  winogradWeight: 'elements',
};
