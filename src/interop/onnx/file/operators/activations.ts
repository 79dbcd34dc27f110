import {
  dropout,
  gelu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  relu,
  relu6,
  sigmoid,
} from '../../../../layers/index.js';
import type { Piece } from '../pieces.js';
import { isClose } from '../simplify/affine.js';
import {
  layerPiece,
  markerPiece,
  type Operation,
  operatorError,
  scalarOf,
  shortestDecimal,
} from './operation.js';

type Operator = (operation: Operation) => readonly Piece[];

/** The defaults of ONNX. */
const LEAKY_RELU_ALPHA = 0.01;
const HARD_SIGMOID_ALPHA = 0.2;
const HARD_SIGMOID_BETA = 0.5;
const DROPOUT_RATIO = 0.5;

/** Larger bounds do not bind: exporters write the largest float32 for none. */
const UNBOUNDED = 1e38;

/** Operators that treat every value alike. */
export const activations: Readonly<Record<string, Operator>> = {
  Relu: (operation) => [layerPiece(operation, relu())],
  Sigmoid: (operation) => [layerPiece(operation, sigmoid())],
  HardSwish: (operation) => [layerPiece(operation, hardSwish())],
  Erf: (operation) => [markerPiece(operation, 'erf')],

  LeakyRelu(operation) {
    const slope = shortestDecimal(operation.node.float('alpha') ?? LEAKY_RELU_ALPHA);
    return [layerPiece(operation, slope === LEAKY_RELU_ALPHA ? leakyRelu() : leakyRelu({ slope }))];
  },

  Clip(operation) {
    const [minimum = -Infinity, maximum = Infinity] = [
      scalarOf(operation, 'min', 1),
      scalarOf(operation, 'max', 2),
    ];
    if (minimum === 0 && maximum === 6) return [layerPiece(operation, relu6())];
    if (minimum === 0 && maximum > UNBOUNDED) return [layerPiece(operation, relu())];
    throw operatorError(operation, `expected limits of 0 and 6, or of 0, got ${minimum} and ${maximum}`);
  },

  HardSigmoid(operation) {
    const { node } = operation;
    const [alpha, beta] = [
      node.float('alpha') ?? HARD_SIGMOID_ALPHA,
      node.float('beta') ?? HARD_SIGMOID_BETA,
    ];
    if (isClose(alpha, 1 / 6) && isClose(beta, 0.5)) return [layerPiece(operation, hardSigmoid())];
    throw operatorError(
      operation,
      `expected alpha 1/6 and beta 1/2, as in PyTorch, got ${shortestDecimal(alpha)} and ${shortestDecimal(beta)}`,
    );
  },

  Gelu(operation) {
    const approximation = operation.node.text('approximate') ?? 'none';
    if (approximation === 'none') return [layerPiece(operation, gelu())];
    throw operatorError(operation, `expected GELU without an approximation, got "${approximation}"`);
  },

  Dropout(operation) {
    const isTraining = operation.constant(2)?.values.at(0) ?? 0;
    if (isTraining !== 0) {
      throw operatorError(
        operation,
        'expected a model for evaluation, got dropout; export it after model.eval()',
      );
    }
    const probability = shortestDecimal(scalarOf(operation, 'ratio', 1) ?? DROPOUT_RATIO);
    if (!(probability >= 0 && probability < 1)) {
      throw operatorError(operation, `expected a ratio from 0 to below 1, got ${probability}`);
    }
    return [layerPiece(operation, dropout({ probability }))];
  },

  Identity: () => [],

  Softmax: dropIfLast,
  LogSoftmax: dropIfLast,
};

/** Models output logits: a softmax of all classes at the end is left out later. */
function dropIfLast(operation: Operation): readonly Piece[] {
  const axis = operation.node.integer('axis') ?? 1;
  if (operation.shape.length === 1 && (axis === 1 || axis === -1)) return [markerPiece(operation, 'softmax')];
  throw operatorError(operation, `expected a vector and the axis 1, got the axis ${axis}`);
}
