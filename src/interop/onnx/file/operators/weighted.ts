import { batchNorm1d, batchNorm2d, linear } from '../../../../layers/index.js';
import { BATCH_NORM_EPSILON } from '../../../../layers/shared/batchNormPlan.js';
import type { Parameter, Piece } from '../pieces.js';
import type { Constant } from '../tensors.js';
import {
  constantOfShape,
  floatsOf,
  imageOfOperation,
  layerPiece,
  type Operation,
  operatorError,
  requiredConstant,
  shortestDecimal,
} from './operation.js';

const DEFAULT_EPSILON = 1e-5;

export function BatchNormalization(operation: Operation): readonly Piece[] {
  const { node, shape } = operation;
  if ((node.integer('training_mode') ?? 0) !== 0) {
    throw operatorError(
      operation,
      'expected a model for evaluation, got training_mode; export it after model.eval()',
    );
  }
  const isImage = shape.length === 3;
  const channels = isImage ? imageOfOperation(operation)[2] : shape[0];
  const vector = (position: number, what: string): Parameter => {
    const constant = constantOfShape(operation, position, what, [channels]);
    return { shape: [channels], values: floatsOf(constant) };
  };
  const epsilon = shortestDecimal(node.float('epsilon') ?? DEFAULT_EPSILON);
  const options = epsilon === BATCH_NORM_EPSILON ? {} : { epsilon };
  return [
    layerPiece(operation, isImage ? batchNorm2d(options) : batchNorm1d(options), {
      weight: vector(1, 'a scale'),
      bias: vector(2, 'a bias'),
      running_mean: vector(3, 'a mean'),
      running_var: vector(4, 'a variance'),
    }),
  ];
}

export function Gemm(operation: Operation): readonly Piece[] {
  const { node } = operation;
  if ((node.integer('transA') ?? 0) !== 0) throw operatorError(operation, 'expected transA 0, got 1');
  const isTransposed = (node.integer('transB') ?? 0) !== 0;
  const weight = linearWeight(operation, isTransposed, node.float('alpha') ?? 1);
  const bias = operation.constant(2);
  const outputs = weight.shape[0];
  if (bias === undefined)
    return [layerPiece(operation, linear({ outFeatures: outputs, bias: false }), { weight })];
  const parameters = { weight, bias: linearBias(operation, bias, outputs, node.float('beta') ?? 1) };
  return [layerPiece(operation, linear({ outFeatures: outputs }), parameters)];
}

/** A bias that is added after it becomes part of the layer later. */
export function MatMul(operation: Operation): readonly Piece[] {
  const weight = linearWeight(operation, false, 1);
  return [layerPiece(operation, linear({ outFeatures: weight.shape[0], bias: false }), { weight })];
}

/** @param isTransposed whether the weight is in PyTorch's layout: `[outputs, inputs]` */
function linearWeight(operation: Operation, isTransposed: boolean, factor: number): Parameter {
  const { shape, position } = operation;
  if (shape.length !== 1 || position !== 0) {
    throw operatorError(operation, 'expected a vector as its first input; flatten images before it');
  }
  const constant = requiredConstant(operation, 1, 'a weight');
  const [rows, columns] = constant.shape;
  const [outputs, inputs] = isTransposed ? [rows, columns] : [columns, rows];
  if (constant.shape.length !== 2 || inputs !== shape[0] || outputs < 1) {
    throw operatorError(
      operation,
      `expected a weight for ${shape[0]} inputs, got [${constant.shape.join(', ')}]; for another image size, set that of the export`,
    );
  }
  const given = floatsOf(constant);
  if (isTransposed && factor === 1) return { shape: [outputs, inputs], values: given };
  const values = new Float32Array(given.length);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const from = isTransposed ? output * inputs + input : input * outputs + output;
      values[output * inputs + input] = given[from] * factor;
    }
  }
  return { shape: [outputs, inputs], values };
}

function linearBias(
  operation: Operation,
  { shape, values }: Constant,
  outputs: number,
  factor: number,
): Parameter {
  if (values.length !== outputs && values.length !== 1) {
    throw operatorError(operation, `expected a bias of ${outputs} values, got [${shape.join(', ')}]`);
  }
  const bias = Float32Array.from({ length: outputs }, (_, output) => values[output % values.length] * factor);
  return { shape: [outputs], values: bias };
}
