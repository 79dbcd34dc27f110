import type { Pair } from '../../core/shape.js';
import type { OpShape, Partition } from '../opShape.js';

/** Sets the outer rows and columns of images to zero: the halo of a tensor whose memory held other tensors before. */
type ZeroBorder = OpShape<'zeroBorder', never, 'output'> & {
  /** The number of rows above and below, and of columns on each side. */
  readonly border: Pair;
};

export type ZeroBorderOp = ZeroBorder;

export const zeroBorderPartition: Readonly<Record<ZeroBorderOp['op'], Partition>> = {
  zeroBorder: 'items',
};
