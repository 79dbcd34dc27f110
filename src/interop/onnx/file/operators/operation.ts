import { InklingError } from '../../../../core/errors.js';
import { formatShape, type Shape } from '../../../../core/shape.js';
import type { SimpleLayer } from '../../../../layers/index.js';
import type { AffinePiece, LayerPiece, MarkerPiece } from '../pieces.js';
import type { OnnxFileNode } from '../readOnnxFile.js';
import type { Constant } from '../tensors.js';

/** A node that has one input that depends on the image, and what it needs to become pieces. */
export interface Operation {
  readonly node: OnnxFileNode;
  /** The shape of the input for one image, `[height, width, channels]` or `[size]`. */
  readonly shape: Shape;
  /** Whether the channels of an image are its last axis in the file. */
  readonly isChannelsLast: boolean;
  /** Which input of the node it is. */
  readonly position: number;
  /** The number of images, if it is fixed. */
  readonly batch: number | undefined;
  /** Another input; undefined if it is absent. */
  constant(position: number): Constant | undefined;
  /** The name of the layer. */
  readonly name: string | undefined;
}

/** @param problem what was expected and got, and what to do */
export function operatorError({ node }: Pick<Operation, 'node'>, problem: string): InklingError {
  return new InklingError(`${node.label}: ${problem}`);
}

export function layerPiece(
  { node, name }: Operation,
  layer: SimpleLayer,
  parameters: LayerPiece['parameters'] = {},
): LayerPiece {
  return { kind: 'layer', layer, parameters, name, label: node.label };
}

export function markerPiece({ node, name }: Operation, kind: MarkerPiece['kind']): MarkerPiece {
  return { kind, name, label: node.label };
}

export function affinePiece(
  { node, name, shape }: Operation,
  scale: readonly number[],
  shift: readonly number[],
): AffinePiece {
  return { kind: 'affine', scale, shift, shape, name, label: node.label };
}

/** @throws {InklingError} unless the input is an image with channels first */
export function imageOfOperation(operation: Operation): readonly [number, number, number] {
  const { shape, isChannelsLast } = operation;
  const [height, width, channels] = shape;
  if (shape.length !== 3) {
    throw operatorError(operation, `expected an image, got a vector of ${shape[0]}`);
  }
  if (isChannelsLast && height * width > 1) {
    throw operatorError(
      operation,
      `expected channels as the second axis, got an image of ${formatShape(shape)} with channels last; ` +
        'convert the model with tf2onnx --inputs-as-nchw',
    );
  }
  return [height, width, channels];
}

/** The constant at a position. @throws {InklingError} if there is none, or it has another shape */
export function constantOfShape(
  operation: Operation,
  position: number,
  what: string,
  shape: Shape,
): Constant {
  const constant = requiredConstant(operation, position, what);
  if (formatShape(constant.shape) === formatShape(shape)) return constant;
  throw operatorError(
    operation,
    `expected ${what} of the shape [${shape.join(', ')}], got [${constant.shape.join(', ')}]; get a clean copy of the file`,
  );
}

export function requiredConstant(operation: Operation, position: number, what: string): Constant {
  const constant = operation.constant(position);
  if (constant === undefined) {
    throw operatorError(
      operation,
      `expected ${what} as input ${position + 1}, got none; get a clean copy of the file`,
    );
  }
  return constant;
}

/** The constant's values as float32, which may be those of the constant. */
export function floatsOf({ values }: Constant): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}

/** The only value of a constant, from an attribute or an input. */
export function scalarOf(operation: Operation, attribute: string, position: number): number | undefined {
  const { node } = operation;
  if (node.has(attribute)) return node.float(attribute);
  const constant = operation.constant(position);
  if (constant === undefined) return undefined;
  if (constant.values.length === 1) return constant.values[0];
  throw operatorError(operation, `expected one number as ${attribute}, got ${constant.values.length}`);
}

/** Integers from an attribute or, in later versions of the operator, from an input. */
export function integersOf(
  operation: Operation,
  attribute: string,
  position: number,
): readonly number[] | undefined {
  const { node } = operation;
  if (node.has(attribute)) return node.integers(attribute);
  const constant = operation.constant(position);
  return constant && [...constant.values];
}

/** The decimal number with the fewest digits that is the same float32, such as 0.1 for 0.10000000149011612. */
export function shortestDecimal(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const decimal = Number(float.toPrecision(digits));
    if (Math.fround(decimal) === float) return decimal;
  }
  return float;
}
