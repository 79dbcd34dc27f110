import type { OpShape, Partition } from '../opShape.js';

/** `output = input + other`, for items of the same shape. */
type Add = OpShape<'add', 'input' | 'other', 'output'>;

export type AddOp = Add;

export const addPartition: Readonly<Record<AddOp['op'], Partition>> = {
  add: 'items',
};
