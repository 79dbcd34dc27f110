import type { Pair } from '../core/shape.js';
import type { Tensor } from './tensor.js';

/** How an operation's work is divided into tasks. */
export type Partition =
  /** A task is a range of the batch's images. */
  | 'items'
  /** A task is a range of a tensor's elements. */
  | 'elements'
  /** There is a single task, which runs after all others of its stage. */
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
  /** Rows and columns of zeros around the input, whose halo is at least as large. */
  readonly padding: Pair;
}

export interface DilatedWindow extends PaddedWindow {
  /** Distance of the taps of the kernel, in pixels: 1 for neighbors. */
  readonly dilation: Pair;
}

/** The bounds of ReLU's output, `min(max(0, x), maximum)`; NaN stays NaN. */
export interface ReluBounds {
  /** Infinity, unless large values are replaced too: 6 for ReLU6. */
  readonly maximum: number;
}

/** A convolution that may compute the ReLU after it. */
export interface Bounded {
  /** Undefined if there is none. */
  readonly relu?: ReluBounds | undefined;
}

/** Outputs of a tile of Winograd's algorithm, in each direction. */
export type TileSize = 2 | 4;
