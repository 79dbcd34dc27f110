import { sizeOf } from '../../../../core/shape.js';
import { flatten } from '../../../../layers/index.js';
import type { Piece } from '../pieces.js';
import { dataTypeOf } from '../tensors.js';
import {
  integersOf,
  layerPiece,
  markerPiece,
  type Operation,
  operatorError,
  requiredConstant,
} from './operation.js';
import { GlobalAveragePool } from './windows.js';

export function Flatten(operation: Operation): readonly Piece[] {
  const axis = operation.node.integer('axis') ?? 1;
  if (axis !== 1) throw operatorError(operation, `expected axis 1, got ${axis}`);
  return flattened(operation);
}

export function Reshape(operation: Operation): readonly Piece[] {
  const { shape, batch } = operation;
  const target = [...requiredConstant(operation, 1, 'a shape').values];
  const size = sizeOf(shape);
  const isBatch = target[0] === 0 || target[0] === -1 || target[0] === batch;
  const rest = target.slice(1);
  const restSize = rest.includes(-1) ? size : sizeOf(rest);
  if (isBatch && restSize === size) {
    if (rest.length === 1) return flattened(operation);
    const isPixel = rest.length === 3 && rest.filter((side) => side === 1).length >= 2;
    if (isPixel && shape.length === 1) return [markerPiece(operation, 'unflatten')];
    if (isPixel && shape[0] * shape[1] === 1) return [];
    if (shape.length === 1 && rest.every((side) => side === 1)) return [];
  }
  throw operatorError(
    operation,
    `expected a shape of a vector for each image, such as [-1, ${size}], got [${target.join(', ')}]`,
  );
}

/** Between floating-point types, which are all float32 in a model. */
export function Cast(operation: Operation): readonly Piece[] {
  const { name, isFloat } = dataTypeOf(operation.node.integer('to') ?? 0);
  if (isFloat) return [];
  throw operatorError(operation, `expected a floating-point type, got ${name}`);
}

export function Squeeze(operation: Operation): readonly Piece[] {
  const { shape } = operation;
  const axes = (integersOf(operation, 'axes', 1) ?? [2, 3])
    .map((axis) => (axis < 0 ? axis + 4 : axis))
    .sort();
  if (shape.length === 3 && shape[0] * shape[1] === 1 && axes.join() === spatialAxes(operation).join()) {
    return flattened(operation);
  }
  throw operatorError(operation, `expected the axes of an image of one pixel, got [${axes.join(', ')}]`);
}

/** The mean over both axes of an image. */
export function ReduceMean(operation: Operation): readonly Piece[] {
  const axes = (integersOf(operation, 'axes', 1) ?? []).map((axis) => (axis < 0 ? axis + 4 : axis)).sort();
  if (operation.shape.length !== 3 || axes.join() !== spatialAxes(operation).join()) {
    throw operatorError(
      operation,
      `expected the axes ${spatialAxes(operation).join(' and ')} of an image, got [${axes.join(', ')}]`,
    );
  }
  const isKept = (operation.node.integer('keepdims') ?? 1) !== 0;
  const pooled = GlobalAveragePool({ ...operation, isChannelsLast: false });
  return isKept ? pooled : [...pooled, layerPiece({ ...operation, name: undefined }, flatten())];
}

/** Between channels first and channels last. */
export function Transpose(operation: Operation): readonly Piece[] {
  const permutation = operation.node.integers('perm') ?? [];
  const expected = operation.isChannelsLast ? '0,3,1,2' : '0,2,3,1';
  if (operation.shape.length === 3 && permutation.join() === expected)
    return [markerPiece(operation, 'transpose')];
  throw operatorError(
    operation,
    `expected the permutation [${expected}] of an image, between channels last and channels first, got [${permutation.join(', ')}]`,
  );
}

function spatialAxes({ isChannelsLast }: Operation): readonly number[] {
  return isChannelsLast ? [1, 2] : [2, 3];
}

function flattened(operation: Operation): readonly Piece[] {
  const { shape, isChannelsLast } = operation;
  if (shape.length === 1) return [];
  const [height, width, channels] = shape;
  if (isChannelsLast && height * width > 1 && channels > 1) {
    throw operatorError(
      operation,
      'expected channels as the second axis of an image that is flattened, got channels last; end the network with global average pooling, or convert it with tf2onnx --inputs-as-nchw',
    );
  }
  return [layerPiece(operation, flatten())];
}
