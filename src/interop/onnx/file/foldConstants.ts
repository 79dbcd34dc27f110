import { InklingError } from '../../../core/errors.js';
import { type Shape, sizeOf } from '../../../core/shape.js';
import type { OnnxFileNode } from './readOnnxFile.js';
import { type Constant, dataTypeOf } from './tensors.js';

/** Stands for the number of images, as in the shape that `Reshape` takes. */
const BATCH = 0;

/** Longer lists are no shapes. */
const MAX_LISTED = 64;

/** Computes a node whose inputs are constants; absent inputs are undefined. */
type Fold = (node: OnnxFileNode, inputs: readonly (Constant | undefined)[]) => Constant;

const folds: Readonly<Record<string, Fold>> = {
  Constant: (node) => constantOf(node),
  Identity: (node, inputs) => input(node, inputs, 0),

  Cast(node, inputs) {
    const { shape, values } = input(node, inputs, 0);
    const { isFloat } = dataTypeOf(node.integer('to') ?? 0);
    return { shape, values: isFloat ? Float32Array.from(values) : Float64Array.from(values, Math.trunc) };
  },

  Gather(node, inputs) {
    const { values, shape } = vector(node, inputs);
    const indices = input(node, inputs, 1);
    const gathered = indices.values.map((index) => values[index < 0 ? index + shape[0] : index]);
    if (gathered.includes(NaN)) throw foldError(node, `expected indices below ${shape[0]}`);
    return { shape: indices.shape, values: gathered };
  },

  Unsqueeze(node, inputs) {
    const { shape, values } = input(node, inputs, 0);
    if (shape.length > 1 || values.length !== 1) throw foldError(node, 'expected a number');
    return { shape: [1], values };
  },

  Squeeze(node, inputs) {
    const { shape, values } = input(node, inputs, 0);
    if (values.length !== 1)
      throw foldError(node, `expected one number, got the shape [${shape.join(', ')}]`);
    return { shape: [], values };
  },

  Concat(node, inputs) {
    const vectors = inputs.map((_, position) => vector(node, inputs, position));
    const length = vectors.reduce((sum, { values }) => sum + values.length, 0);
    if (length > MAX_LISTED) throw foldError(node, `expected at most ${MAX_LISTED} numbers, got ${length}`);
    return { shape: [length], values: Float64Array.from(vectors.flatMap(({ values }) => [...values])) };
  },

  Slice(node, inputs) {
    const { shape, values } = vector(node, inputs);
    const bound = (attribute: string, position: number) =>
      inputs.length > position ? [...input(node, inputs, position).values] : (node.integers(attribute) ?? []);
    const [starts, ends, axes] = [bound('starts', 1), bound('ends', 2), bound('axes', 3)];
    if (starts.length !== 1 || ends.length !== 1 || axes.some((axis) => axis !== 0))
      throw foldError(node, 'expected one start and one end on the first axis');
    const [[start], [end]] = [starts, ends];
    if (inputs.length > 4 && input(node, inputs, 4).values[0] !== 1)
      throw foldError(node, 'expected steps of 1');
    const part = values.slice(start, Math.min(end, shape[0]));
    return { shape: [part.length], values: part };
  },

  Reshape(node, inputs) {
    const { values } = input(node, inputs, 0);
    const target = [...input(node, inputs, 1).values];
    const others = sizeOf(target.filter((size) => size !== -1));
    const shape = target.map((size) => (size === -1 ? values.length / others : size));
    if (sizeOf(shape) !== values.length || shape.some((size) => !(size >= 0) || !Number.isInteger(size))) {
      throw foldError(node, `expected a shape for ${values.length} values, got [${target.join(', ')}]`);
    }
    return { shape, values };
  },

  Transpose(node, inputs) {
    const { shape, values } = input(node, inputs, 0);
    const permutation = node.integers('perm') ?? [1, 0];
    if (shape.length !== 2 || permutation.join() !== '1,0') throw foldError(node, 'expected a matrix');
    const [rows, columns] = shape;
    const transposed = values.map((_, index) => values[(index % rows) * columns + Math.floor(index / rows)]);
    return { shape: [columns, rows], values: transposed };
  },
};

/**
 * Computes a node that does not depend on the image.
 *
 * @throws {InklingError} when that is not supported
 */
export function foldNode(node: OnnxFileNode, inputs: readonly (Constant | undefined)[]): Constant {
  if (!Object.hasOwn(folds, node.type)) {
    throw foldError(
      node,
      `expected one of ${Object.keys(folds).join(', ')} to compute a constant, got ${node.type}`,
    );
  }
  return folds[node.type](node, inputs);
}

/**
 * The shape of a value that depends on the image, as ONNX has it.
 *
 * @param shape for one image, `[height, width, channels]` or `[size]`
 */
export function onnxShape(shape: Shape, isChannelsLast: boolean, batch: number | undefined): Constant {
  const [height, width, channels] = shape;
  const first = shape.length === 3 && !isChannelsLast ? [channels, height, width] : shape;
  const values = Float64Array.from([batch ?? BATCH, ...first]);
  return { shape: [values.length], values };
}

function constantOf(node: OnnxFileNode): Constant {
  const tensor = node.tensor('value');
  if (tensor !== undefined) return tensor;
  const lists = {
    value_float: node.has('value_float') ? [node.float('value_float') ?? 0] : undefined,
    value_floats: node.floats('value_floats'),
  };
  const floats = lists.value_float ?? lists.value_floats;
  if (floats !== undefined) {
    return { shape: node.has('value_float') ? [] : [floats.length], values: Float32Array.from(floats) };
  }
  const integers = node.has('value_int') ? [node.integer('value_int') ?? 0] : node.integers('value_ints');
  if (integers === undefined) throw foldError(node, 'expected a tensor, a number, or numbers');
  return { shape: node.has('value_int') ? [] : [integers.length], values: Float64Array.from(integers) };
}

function input(node: OnnxFileNode, inputs: readonly (Constant | undefined)[], position: number): Constant {
  const constant = inputs.at(position);
  if (constant === undefined) throw foldError(node, `expected an input ${position + 1}, got none`);
  return constant;
}

function vector(node: OnnxFileNode, inputs: readonly (Constant | undefined)[], position = 0): Constant {
  const constant = input(node, inputs, position);
  if (constant.shape.length === 1) return constant;
  throw foldError(node, `expected a list of numbers, got the shape [${constant.shape.join(', ')}]`);
}

function foldError(node: OnnxFileNode, problem: string): InklingError {
  return new InklingError(`${node.label}: ${problem}; simplify the model with onnxsim`);
}
