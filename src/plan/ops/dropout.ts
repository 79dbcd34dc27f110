import type { OpShape, Partition } from '../opShape.js';

/** Zeroes elements with `probability` and scales the others. It also computes its gradient, because it can draw the same mask again. */
type Dropout = OpShape<'dropout', 'input', 'output'> & {
  readonly probability: number;
  /** Distinguishes the dropout layers of a model. */
  readonly salt: number;
};

export type DropoutOp = Dropout;

export const dropoutPartition: Readonly<Record<DropoutOp['op'], Partition>> = {
  dropout: 'items',
};
