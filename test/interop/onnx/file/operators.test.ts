import { expect, test } from 'vitest';
import { decodeOnnx } from '#inkling/interop/onnx/file/decodeOnnx.js';
import {
  type Attribute,
  floats,
  integers,
  node,
  onnxFile,
  tensor,
  TYPES,
  field,
  value,
} from './onnxFiles.js';

const float = (value: number) => ({ float: value });
/** The end of a network: a linear layer for each of three classes, of a pooled image of two channels. */
const head = [
  node('GlobalAveragePool', 'pool', ['y']),
  node('Flatten', 'flat', ['pool']),
  node('Gemm', 'out', ['flat', 'fc.weight'], { transB: 1 }),
];
const headTensors = [floats('fc.weight', [3, 2])];
const numbers = [
  floats('zero', [], [0]),
  floats('one', [], [1]),
  floats('three', [], [3]),
  floats('six', [], [6]),
  floats('half', [], [0.5]),
  floats('root', [1], [Math.SQRT1_2]),
  floats('largest', [], [3.4028234663852886e38]),
  floats('perChannel', [2, 1, 1], [0.25, 4]),
  integers('spatial', [2, 3]),
];

function layersOf(nodes: readonly Uint8Array[], tensors: readonly Uint8Array[] = [], opset = 17) {
  const file = onnxFile({
    nodes: [...nodes, ...head],
    tensors: [...numbers, ...headTensors, ...tensors],
    opset,
  });
  return decodeOnnx(file, { classes: ['a', 'b', 'c'] }).model.layers.slice(0, -3);
}

const unary = (type: string, attributes: Record<string, Attribute> = {}, inputs: readonly string[] = []) => [
  node(type, 'y', ['x', ...inputs], attributes),
];

test.each<[what: string, layer: object, nodes: readonly Uint8Array[]]>([
  ['Relu', { type: 'relu' }, unary('Relu')],
  ['Sigmoid', { type: 'sigmoid' }, unary('Sigmoid')],
  ['HardSwish', { type: 'hardSwish' }, unary('HardSwish')],
  ['Gelu', { type: 'gelu' }, unary('Gelu')],
  ['LeakyRelu', { type: 'leakyRelu', slope: 0.2 }, unary('LeakyRelu', { alpha: float(0.2) })],
  ['HardSigmoid', { type: 'hardSigmoid' }, unary('HardSigmoid', { alpha: float(1 / 6), beta: float(0.5) })],
  ['Clip with attributes', { type: 'relu6' }, unary('Clip', { min: float(0), max: float(6) })],
  ['Clip with inputs', { type: 'relu6' }, unary('Clip', {}, ['zero', 'six'])],
  ['Clip without a maximum', { type: 'relu' }, unary('Clip', {}, ['zero'])],
  ['Clip with the largest number', { type: 'relu' }, unary('Clip', {}, ['zero', 'largest'])],
  [
    'Dropout with an attribute',
    { type: 'dropout', probability: 0.1 },
    unary('Dropout', { ratio: float(0.1) }),
  ],
  ['Dropout with an input', { type: 'dropout', probability: 0.5 }, unary('Dropout', {}, ['half'])],
  [
    'x · Sigmoid(x)',
    { type: 'silu', name: 'y' },
    [node('Sigmoid', 's', ['x']), node('Mul', 'y', ['s', 'x'])],
  ],
  [
    'x · HardSigmoid(x)',
    { type: 'hardSwish' },
    [node('HardSigmoid', 's', ['x'], { alpha: float(1 / 6) }), node('Mul', 'y', ['x', 's'])],
  ],
  [
    'x · Clip(x + 3) / 6',
    { type: 'hardSwish' },
    [
      node('Add', 'a', ['x', 'three']),
      node('Clip', 'b', ['a', 'zero', 'six']),
      node('Mul', 'c', ['x', 'b']),
      node('Div', 'y', ['c', 'six']),
    ],
  ],
  [
    'Clip(x + 3) / 6',
    { type: 'hardSigmoid' },
    [
      node('Add', 'a', ['three', 'x']),
      node('Clip', 'b', ['a', 'zero', 'six']),
      node('Div', 'y', ['b', 'six']),
    ],
  ],
  [
    'GELU of the error function',
    { type: 'gelu' },
    [
      node('Mul', 'a', ['x', 'root']),
      node('Erf', 'b', ['a']),
      node('Add', 'c', ['b', 'one']),
      node('Mul', 'd', ['c', 'half']),
      node('Mul', 'y', ['x', 'd']),
    ],
  ],
  ['MaxPool', { type: 'maxPool2d', kernel: 2, stride: 1 }, unary('MaxPool', { kernel_shape: [2, 2] })],
  [
    'MaxPool with pads',
    { type: 'maxPool2d', kernel: [2, 3], stride: [2, 1], padding: [0, 1] },
    unary('MaxPool', { kernel_shape: [2, 3], strides: [2, 1], pads: [0, 1, 0, 1], ceil_mode: 1 }),
  ],
  [
    'AveragePool',
    { type: 'avgPool2d', kernel: 2 },
    unary('AveragePool', { kernel_shape: [2, 2], strides: [2, 2], auto_pad: 'VALID' }),
  ],
  ['AveragePool of all', { type: 'globalAvgPool2d' }, unary('AveragePool', { kernel_shape: [4, 6] })],
  ['ReduceMean with axes', { type: 'globalAvgPool2d' }, unary('ReduceMean', { axes: [-1, -2] })],
  ['ReduceMean with an input', { type: 'globalAvgPool2d' }, unary('ReduceMean', {}, ['spatial'])],
  [
    'division by 255, and a mean and a deviation',
    { type: 'normalize', mean: [0.5, 0.5], deviation: [0.25, 4] },
    [node('Sub', 'a', ['x', 'half']), node('Div', 'y', ['a', 'perChannel'])],
  ],
])('reads %s', (_, layer, nodes) => {
  expect(layersOf(nodes)).toMatchObject([layer]);
});

test.each([
  ['Identity', unary('Identity')],
  ['Cast', unary('Cast', { to: 1 })],
  ['constants that cancel out', [node('Mul', 'a', ['x', 'six']), node('Div', 'y', ['a', 'six'])]],
])('leaves out %s', (_, nodes) => {
  expect(layersOf(nodes)).toEqual([]);
});

test.each<[what: string, layer: object, attributes: Record<string, Attribute>]>([
  ['no pads', { kernel: [3, 2] }, {}],
  ['equal pads', { padding: 1, stride: [1, 2] }, { pads: [1, 1, 1, 1], strides: [1, 2] }],
  ['SAME_UPPER', { padding: 'same' }, { auto_pad: 'SAME_UPPER' }],
  ['the pads of TensorFlow', { padding: 'same', stride: 2 }, { pads: [0, 0, 1, 0], strides: [2, 2] }],
  [
    'SAME_LOWER that is even',
    { padding: [1, 0], stride: [1, 2] },
    { auto_pad: 'SAME_LOWER', strides: [1, 2] },
  ],
  ['dilations', { padding: 2, dilation: [2, 1] }, { pads: [2, 2, 2, 2], dilations: [2, 1] }],
  [
    'dilations and SAME_UPPER',
    { padding: 'same', dilation: 3 },
    { auto_pad: 'SAME_UPPER', dilations: [3, 3] },
  ],
])('reads a convolution with %s', (_, layer, attributes) => {
  const convolution = node('Conv', 'y', ['x', 'c.weight'], attributes);
  expect(layersOf([convolution], [floats('c.weight', [2, 2, 3, 2])])).toMatchObject([
    { type: 'conv2d', name: 'c', bias: false, outChannels: 2, ...layer },
  ]);
});

/** The weights of a network of one linear layer of four numbers, from a file with these nodes. */
function linearWeights(nodes: readonly Uint8Array[], tensors: readonly Uint8Array[]) {
  const inputs = [value('x', ['n', 4, 1, 1])];
  const file = onnxFile({
    nodes: [node('Flatten', 'f', ['x']), ...nodes],
    tensors,
    inputs,
    outputs: [value('out', [])],
  });
  const { weights } = decodeOnnx(file, { classes: ['a', 'b'] });
  return Object.fromEntries([...weights].map(([name, values]) => [name, [...values]]));
}

test('reads linear layers in all their forms', () => {
  // In the engine's layout: the inputs are rows.
  const expected = { 'fc.weight': [1, 2, 3, 4, 5, 6, 7, 8], 'fc.bias': [10, 20] };
  const rows = floats('fc.weight', [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
  const columns = floats('fc.weight', [2, 4], [1, 3, 5, 7, 2, 4, 6, 8]);
  const bias = floats('fc.bias', [2], [10, 20]);
  expect(
    linearWeights([node('Gemm', 'out', ['f', 'fc.weight', 'fc.bias'], { transB: 1 })], [columns, bias]),
  ).toEqual(expected);
  expect(linearWeights([node('Gemm', 'out', ['f', 'fc.weight', 'fc.bias'])], [rows, bias])).toEqual(expected);
  expect(
    linearWeights(
      [node('MatMul', 'm', ['f', 'fc.weight']), node('Add', 'out', ['fc.bias', 'm'])],
      [rows, bias],
    ),
  ).toEqual(expected);
  expect(
    linearWeights(
      [
        node('Transpose', 't', ['fc.weight'], { perm: [1, 0] }),
        node('MatMul', 'fc', ['f', 't']),
        node('Add', 'out', ['fc', 'fc.bias']),
      ],
      [columns, bias],
    ),
  ).toEqual(expected);
  const scaled = node('Gemm', 'out', ['f', 'fc.weight', 'fc.bias'], { alpha: float(2), beta: float(0.5) });
  expect(linearWeights([scaled], [rows, bias])).toEqual({
    'fc.weight': [2, 4, 6, 8, 10, 12, 14, 16],
    'fc.bias': [5, 10],
  });
});

test('makes constants part of the weights before them', () => {
  const nodes = [
    node('Gemm', 'g', ['f', 'fc.weight', 'fc.bias'], { transB: 1 }),
    node('Mul', 'm', ['g', 'scale']),
    node('Sub', 'out', ['shift', 'm']),
  ];
  const tensors = [
    floats('fc.weight', [2, 4], [1, 3, 5, 7, 2, 4, 6, 8]),
    floats('fc.bias', [2], [10, 20]),
    floats('scale', [1, 2], [2, 3]),
    floats('shift', [], [1]),
  ];
  // 1 - (x · scale)
  expect(linearWeights(nodes, tensors)).toEqual({
    'fc.weight': [-2, -6, -6, -12, -10, -18, -14, -24],
    'fc.bias': [-19, -59],
  });
});

test('reads batch normalization of images and of vectors', () => {
  const vectors = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => `bn.${part}`);
  const tensors = vectors.map((name) => floats(name, [2], [1, 2]));
  expect(
    layersOf([node('BatchNormalization', 'y', ['x', ...vectors], { epsilon: float(0.001) })], tensors),
  ).toEqual([{ type: 'batchNorm2d', name: 'bn', epsilon: 0.001 }]);
  const file = onnxFile({
    nodes: [
      node('ReduceMean', 'pool', ['x'], { axes: [2, 3], keepdims: 0 }),
      node('BatchNormalization', 'out', ['pool', ...vectors]),
    ],
    tensors,
  });
  expect(decodeOnnx(file, { classes: ['a', 'b'] }).model.layers).toEqual([
    { type: 'globalAvgPool2d', name: 'pool' },
    { type: 'flatten' },
    { type: 'batchNorm1d', name: 'bn' },
  ]);
});

test.each<[what: string, nodes: readonly Uint8Array[]]>([
  ['Squeeze', [node('Squeeze', 'v', ['p', 'spatial'])]],
  ['Reshape', [node('Reshape', 'v', ['p', 'shape'])]],
  [
    'the shape that it computes',
    [
      node('Shape', 's', ['p']),
      node('Gather', 'g', ['s', 'first']),
      node('Unsqueeze', 'u', ['g'], { axes: [0] }),
      node('Concat', 'c', ['u', 'rest'], { axis: 0 }),
      node('Reshape', 'v', ['p', 'c']),
    ],
  ],
  [
    'a part of the shape that it computes',
    [
      node('Shape', 's', ['p']),
      node('Slice', 'g', ['s'], { starts: [0], ends: [1] }),
      node('Concat', 'c', ['g', 'rest'], { axis: 0 }),
      node('Cast', 'i', ['c'], { to: TYPES.int64 }),
      node('Reshape', 'v', ['p', 'i']),
    ],
  ],
])('reads a vector from %s', (_, nodes) => {
  const file = onnxFile({
    nodes: [
      node('GlobalAveragePool', 'p', ['x']),
      ...nodes,
      node('Gemm', 'out', ['v', 'fc.weight'], { transB: 1 }),
    ],
    tensors: [
      ...headTensors,
      integers('spatial', [2, 3]),
      integers('shape', [-1, 2]),
      integers('first', [0], []),
      integers('rest', [-1]),
    ],
  });
  expect(decodeOnnx(file, { classes: ['a', 'b', 'c'] }).model.layers.map(({ type }) => type)).toEqual([
    'globalAvgPool2d',
    'flatten',
    'linear',
  ]);
});

test('reads a network of images with channels last, and leaves out softmax', () => {
  const file = onnxFile({
    nodes: [
      node('Transpose', 't', ['x'], { perm: [0, 3, 1, 2] }),
      node('Conv', 'c', ['t', 'w']),
      node('Transpose', 'u', ['c'], { perm: [0, 2, 3, 1] }),
      node('Relu', 'r', ['u']),
      node('ReduceMean', 'm', ['r'], { axes: [1, 2], keepdims: 0 }),
      node('Softmax', 'out', ['m'], { axis: -1 }),
    ],
    tensors: [floats('w', [2, 3, 1, 1])],
    inputs: [value('x', ['n', 4, 6, 3])],
  });
  const { model } = decodeOnnx(file, { classes: ['a', 'b'] });
  expect(model.input).toEqual([4, 6, 3]);
  expect(model.layers.map(({ type }) => type)).toEqual(['conv2d', 'relu', 'globalAvgPool2d', 'flatten']);
});

test('reads half-precision weights, and tensors that are listed as inputs', () => {
  const halves = tensor(
    'fc.weight',
    [3, 2],
    TYPES.float16,
    field.bytes(9, [0, 0x3c, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0]),
  );
  const file = onnxFile({
    nodes: [node('Identity', 'y', ['x']), ...head],
    tensors: [halves],
    inputs: [value('x', ['n', 2, 4, 6], TYPES.float16), value('fc.weight', [3, 2])],
  });
  const { weights } = decodeOnnx(file, { classes: ['a', 'b', 'c'] });
  expect([...(weights.get('fc.weight') ?? [])]).toEqual([1, 0, 0, 2, 0, 0]);
});

test('takes the image size from the option where the file leaves it open', () => {
  const file = onnxFile({
    nodes: [node('Identity', 'y', ['x']), ...head],
    tensors: headTensors,
    inputs: [value('x', ['n', 2, 'h', 'w'])],
  });
  const decoded = (input: readonly number[]) =>
    decodeOnnx(file, { input, classes: ['a', 'b', 'c'] }).model.input;
  expect([decoded([5, 7]), decoded([5, 7, 2])]).toEqual([
    [5, 7, 2],
    [5, 7, 2],
  ]);
});

test('gives layers different names', () => {
  const nodes = [
    node('Relu', '/a/Relu', ['x']),
    node('Sigmoid', '/a/Sigmoid', ['/a/Relu']),
    node('Sigmoid', 'bad name', ['/a/Sigmoid']),
    node('LeakyRelu', '2', ['bad name']),
    node('Relu', 'module.b', ['2'], {}, { outputs: ['y'] }),
  ];
  expect(layersOf(nodes).map(({ name }) => name)).toEqual(['a', 'a_2', '2_2', '2', 'b']);
});
