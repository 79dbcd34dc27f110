import type { OpShape, Partition } from '../opShape.js';

/** Sets the elements of a tensor to fixed values. */
type Constant = OpShape<'constant', never, 'output'> & { readonly values: readonly number[] };

export type ConstantOp = Constant;

export const constantPartition: Readonly<Record<ConstantOp['op'], Partition>> = {
  constant: 'whole',
};
