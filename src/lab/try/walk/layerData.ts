import type { Activations, Weights } from '#inkling/index.js';
import type { WalkedLayer } from './walkedLayers.js';

/** What a layer computed, and from what. */
export interface LayerData {
  readonly walked: WalkedLayer;
  /** In the order of `walked.inputs`. */
  readonly inputs: readonly Activations[];
  readonly output: Activations;
  readonly weights: Weights;
}

/** An input times its weight. */
export interface Term {
  readonly input: number;
  readonly weight: number;
  readonly product: number;
  /** Whether the input is one of the zeros around the image. */
  readonly isPadding: boolean;
}

/** The products of one channel of the input, or of a part of a list. */
export interface TermGroup {
  /** The channel, or the position of the first number of the part, from 0. */
  readonly first: number;
  readonly rows: readonly (readonly Term[])[];
  readonly sum: number;
}

/** How one number of a layer's output is computed; `result` is computed from the other numbers. */
export type Arithmetic =
  | {
      readonly kind: 'weightedSum';
      /** Whether each group is a channel of an image; otherwise a part of a list. */
      readonly byChannel: boolean;
      readonly groups: readonly TermGroup[];
      readonly bias: number | undefined;
      readonly result: number;
    }
  | {
      readonly kind: 'largest' | 'mean';
      /** Undefined around the image. */
      readonly rows: readonly (readonly (number | undefined)[])[];
      readonly result: number;
    }
  | {
      readonly kind: 'normalization';
      readonly input: number;
      readonly mean: number;
      readonly variance: number;
      readonly epsilon: number;
      readonly weight: number;
      readonly bias: number;
      readonly result: number;
    }
  | { readonly kind: 'relu' | 'sigmoid' | 'copy'; readonly input: number; readonly result: number }
  | { readonly kind: 'leakyRelu'; readonly input: number; readonly slope: number; readonly result: number }
  | { readonly kind: 'added'; readonly inputs: readonly number[]; readonly result: number };

/** The column, row, and channel of a value of an image; a list is one row of one channel. */
export function positionOf(
  { shape }: Pick<Activations, 'shape'>,
  index: number,
): readonly [number, number, number] {
  if (shape.length === 1) return [index, 0, 0];
  const [, width, channels] = shape;
  const pixel = Math.floor(index / channels);
  return [pixel % width, Math.floor(pixel / width), index % channels];
}
