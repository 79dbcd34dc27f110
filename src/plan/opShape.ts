import type { Pair } from '../core/shape.js';
import type { Tensor } from './tensor.js';

/** How an operation's work is shared out among the workers. */
export type Partition =
  /** A task takes a run of the batch's images. */
  | 'items'
  /** A task takes a run of a tensor's elements. */
  | 'elements'
  /** One worker does it all. */
  | 'whole';

type Tensors<Names extends string, Optional extends string> = Readonly<Record<Names, Tensor>> &
  Readonly<Partial<Record<Optional, Tensor>>>;

export interface OpShape<
  Name extends string,
  Reads extends string,
  Writes extends string,
  OptionalReads extends string = never,
  OptionalWrites extends string = never,
> {
  readonly op: Name;
  readonly reads: Tensors<Reads, OptionalReads>;
  readonly writes: Tensors<Writes, OptionalWrites>;
}

export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
}

export interface PaddedWindow extends Window {
  /** Rows and columns of zeros around the input; its halo has at least as many. */
  readonly padding: Pair;
}
