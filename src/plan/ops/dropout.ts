import type { OpShape, Partition } from '../opShape.js';

/** Zeroes an element with `probability`, scales the others; its own gradient too, since the mask can be drawn again. */
type Dropout = OpShape<'dropout', 'input', 'output'> & {
  readonly probability: number;
  /** Tells the dropout layers of one model apart. */
  readonly salt: number;
};

export type DropoutOp = Dropout;

export const dropoutPartition: Readonly<Record<DropoutOp['op'], Partition>> = {
  dropout: 'items',
};
