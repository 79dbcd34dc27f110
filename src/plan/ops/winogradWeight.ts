import type { OpShape, Partition } from '../opShape.js';

/**
 * `[3, 3, in, out]` -> `[16 or 36, panels, in, 16]`: the weight in the form that Winograd's algorithm needs for tiles of 2×2 or 4×4
 * outputs, in panels of 16 outputs. A convolution that reads it as `transformed` may be computed by that algorithm.
 */
type WinogradWeight = OpShape<'winogradWeight', 'weight', 'transformed'>;

export type WinogradWeightOp = WinogradWeight;

export const winogradWeightPartition: Readonly<Record<WinogradWeightOp['op'], Partition>> = {
  winogradWeight: 'elements',
};
