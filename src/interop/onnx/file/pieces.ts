import type { Shape } from '../../../core/shape.js';
import { definitionOf, type SimpleLayer } from '../../../layers/index.js';

/** A weight in PyTorch's layout. */
export interface Parameter {
  readonly shape: Shape;
  readonly values: Float32Array;
}

interface Named {
  /** The name of the module in PyTorch, or that of the node; undefined if neither is known. */
  readonly name: string | undefined;
  /** The node, for error messages. */
  readonly label: string;
}

/** A layer with its weights, by their names in PyTorch. */
export interface LayerPiece extends Named {
  readonly kind: 'layer';
  readonly layer: SimpleLayer;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** `scale · x + shift`, with one number or one for each channel. */
export interface AffinePiece extends Named {
  readonly kind: 'affine';
  readonly scale: readonly number[];
  readonly shift: readonly number[];
  /** Of its input. */
  readonly shape: Shape;
}

/** An operation that is no layer, but part of one, or without an effect where it is. `unflatten` makes an image of one pixel. */
export interface MarkerPiece extends Named {
  readonly kind: 'erf' | 'softmax' | 'transpose' | 'unflatten';
}

/** Two branches that share their input. */
export interface ContainerPiece extends Named {
  readonly kind: 'residual' | 'squeezeExcitation';
  readonly layers: readonly Piece[];
  /** Empty where it is the input itself. */
  readonly shortcut: readonly Piece[];
}

/** Part of the network between the graph of a file and the layers of a model. */
export type Piece = LayerPiece | AffinePiece | MarkerPiece | ContainerPiece;

/** The shape that a piece without branches outputs, `[height, width, channels]` or `[size]`. */
export function outputShapeOf(piece: Piece, shape: Shape): Shape {
  if (piece.kind === 'layer')
    return definitionOf(piece.layer).inferOutput(piece.layer, { shape }, piece.label).shape;
  return piece.kind === 'unflatten' ? [1, 1, shape[0]] : shape;
}

/** The number of values of a piece's weights. */
export function weightCountOf(piece: Piece): number {
  if (piece.kind !== 'layer') return 0;
  return Object.values(piece.parameters).reduce((sum, { values }) => sum + values.length, 0);
}

export function isContainerPiece(piece: Piece): piece is ContainerPiece {
  return piece.kind === 'residual' || piece.kind === 'squeezeExcitation';
}
