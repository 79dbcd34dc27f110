import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeOnnx } from '#inkling/interop/onnx/file/decodeOnnx.js';
import { floats, integers, node, onnxFile, type TestGraph, TYPES, value } from './onnxFiles.js';

const float = (value: number) => ({ float: value });
const end = [node('GlobalAveragePool', 'p', ['y']), node('Flatten', 'out', ['p'])];
const tensors = [
  floats('w', [2, 2, 3, 3]),
  floats('three', [3, 1, 1]),
  floats('map', [4, 6]),
  floats('zero', [], [0]),
  floats('two', [], [2]),
  floats('negative', [2, 1, 1], [-1, 1]),
  floats('vector', [3]),
  floats('matrix', [5, 3]),
  integers('shape', [2, 24]),
];

const decode = (graph: Partial<TestGraph>) =>
  decodeOnnx(onnxFile({ nodes: end, tensors, ...graph }), { classes: ['a', 'b'], source: 'net.onnx' });

/** Nodes that compute `y`, from which the network goes on. */
test.each<[problem: string, message: string, nodes: readonly Uint8Array[]]>([
  [
    'an unsupported operator',
    'node "lstm" (LSTM): the operator LSTM is not supported for what depends on the image; expected one of Add, AveragePool, ' +
      'BatchNormalization, Cast, Clip, Conv, Div, Dropout, Erf, Flatten, Gelu, Gemm, GlobalAveragePool, HardSigmoid, HardSwish, Identity, ' +
      'LeakyRelu, LogSoftmax, MatMul, MaxPool, Mul, ReduceMean, Relu, Reshape, Sigmoid, Softmax, Squeeze, Sub, Transpose; ' +
      'import another network, or replace the operator before the export',
    [node('LSTM', 'lstm', ['x'], {}, { outputs: ['y'] })],
  ],
  [
    'an operator of another domain',
    'node "y" (com.microsoft.Gelu): the operator com.microsoft.Gelu is not supported',
    [node('Gelu', 'y', ['x'], {}, { domain: 'com.microsoft' })],
  ],
  [
    'an unsupported operator of constants',
    'node "r" (RandomNormal): expected one of Constant, Identity, Cast, Gather, Unsqueeze, Squeeze, Concat, Slice, Reshape, Transpose to compute a constant, got RandomNormal; simplify the model with onnxsim',
    [node('RandomNormal', 'r', []), node('Add', 'y', ['x', 'r'])],
  ],
  [
    'a missing initializer',
    'node "y" (Conv): expected an earlier node or an initializer for its input "lost", got none; the file is incomplete, or its nodes form a cycle: export it again',
    [node('Conv', 'y', ['x', 'lost'])],
  ],
  [
    'a cycle',
    'node "a" (Add): expected an earlier node or an initializer for its input "y", got none; the file is incomplete, or its nodes form a cycle',
    [node('Add', 'a', ['x', 'y']), node('Relu', 'y', ['a'])],
  ],
  [
    'two values of one name',
    'node "second" (Relu): expected a new name for its output, got "y", which another value has',
    [node('Relu', 'y', ['x']), node('Relu', 'second', ['y'], {}, { outputs: ['y'] })],
  ],
  ['a missing weight', 'node "y" (Conv): expected a weight as input 2, got none', [node('Conv', 'y', ['x'])]],
  [
    'a weight for other channels',
    'node "y" (Conv): expected a weight [outputs, 2 / 2 inputs, height, width], got [2, 2, 3, 3]',
    [node('Conv', 'y', ['x', 'w'], { group: 2 })],
  ],
  [
    'a bias of another size',
    'node "y" (Conv): expected a bias of the shape [2], got [3]; get a clean copy of the file',
    [node('Conv', 'y', ['x', 'w', 'vector'])],
  ],
  [
    'dilated pooling',
    'node "y" (MaxPool): expected dilations of 1, got 2×2',
    [node('MaxPool', 'y', ['x'], { kernel_shape: [2, 2], dilations: [2, 2] })],
  ],
  [
    'unequal pads',
    'node "y" (Conv): expected equal pads on opposite sides, or TensorFlow\'s "same", got pads [2, 0, 0, 0] for an output of 4×4',
    [node('Conv', 'y', ['x', 'w'], { pads: [2, 0, 0, 0] })],
  ],
  [
    'negative pads',
    'node "y" (Conv): expected four pads of at least 0, got [-1, 0, 0, 0]',
    [node('Conv', 'y', ['x', 'w'], { pads: [-1, 0, 0, 0] })],
  ],
  [
    'a kernel that is too large',
    'node "b" (Conv): kernel 3×3 exceeds its 2×4 input',
    [node('Conv', 'a', ['x', 'w']), node('Conv', 'b', ['a', 'w'], {}, { outputs: ['y'] })],
  ],
  [
    'unequal pads of a pooling',
    'node "y" (MaxPool): expected equal pads on opposite sides, got pads [0, 0, 1, 1]',
    [node('MaxPool', 'y', ['x'], { kernel_shape: [2, 2], pads: [0, 0, 1, 1] })],
  ],
  [
    'ceil_mode',
    'node "y" (MaxPool): expected ceil_mode 0, or windows that fill the 4×6 image, got ceil_mode 1; export the model with ceil_mode=False, or for another image size',
    [node('MaxPool', 'y', ['x'], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 })],
  ],
  [
    'padded average pooling',
    'node "y" (AveragePool): expected average pooling without pads, got pads [1, 1, 1, 1]',
    [node('AveragePool', 'y', ['x'], { kernel_shape: [2, 2], pads: [1, 1, 1, 1] })],
  ],
  [
    'other limits',
    'node "y" (Clip): expected limits of 0 and 6, or of 0, got 0 and 2',
    [node('Clip', 'y', ['x', 'zero', 'two'])],
  ],
  [
    'the hard sigmoid of ONNX',
    'node "y" (HardSigmoid): expected alpha 1/6 and beta 1/2, as in PyTorch, got 0.2 and 0.5',
    [node('HardSigmoid', 'y', ['x'])],
  ],
  [
    'approximate GELU',
    'node "y" (Gelu): expected GELU without an approximation, got "tanh"',
    [node('Gelu', 'y', ['x'], { approximate: 'tanh' })],
  ],
  [
    'a ratio of 1',
    'node "y" (Dropout): expected a ratio from 0 to below 1, got 1',
    [node('Dropout', 'y', ['x'], { ratio: float(1) })],
  ],
  [
    'training mode',
    'node "y" (BatchNormalization): expected a model for evaluation, got training_mode; export it after model.eval()',
    [node('BatchNormalization', 'y', ['x', 'w', 'w', 'w', 'w'], { training_mode: 1 })],
  ],
  [
    'a constant that is an image',
    'node "y" (Add): expected a constant with one number or 2, one for each channel, got the shape [4, 6]',
    [node('Add', 'y', ['x', 'map'])],
  ],
  [
    'a constant for other channels',
    'node "y" (Mul): expected a constant with one number or 2, one for each channel, got the shape [3, 1, 1]',
    [node('Mul', 'y', ['x', 'three'])],
  ],
  [
    'a negative factor of an image',
    'node "y" (Mul): expected a convolution, a linear layer, or a batch normalization before a constant that is added or multiplied',
    [node('Mul', 'y', ['x', 'negative'])],
  ],
  [
    'a divided constant',
    'node "y" (Div): expected division by a constant, got a divided constant',
    [node('Div', 'y', ['two', 'x'])],
  ],
  ['division by zero', 'node "y" (Div): expected no division by zero', [node('Div', 'y', ['x', 'zero'])]],
  [
    'a linear layer of an image',
    'node "y" (MatMul): expected a vector as its first input; flatten images before it',
    [node('MatMul', 'y', ['x', 'matrix'])],
  ],
  [
    'another shape',
    'node "y" (Reshape): expected a shape of a vector for each image, such as [-1, 48], got [2, 24]',
    [node('Reshape', 'y', ['x', 'shape'])],
  ],
  [
    'another permutation',
    'node "y" (Transpose): expected the permutation [0,2,3,1] of an image, between channels last and channels first, got [0, 1, 3, 2]',
    [node('Transpose', 'y', ['x'], { perm: [0, 1, 3, 2] })],
  ],
  [
    'channels last in a convolution',
    'node "y" (Conv): expected channels as the second axis, got an image of 4×6×2 with channels last; convert the model with tf2onnx --inputs-as-nchw',
    [node('Transpose', 't', ['x'], { perm: [0, 2, 3, 1] }), node('Conv', 'y', ['t', 'w'])],
  ],
  [
    'the mean of one axis',
    'node "y" (ReduceMean): expected the axes 2 and 3 of an image, got [1]',
    [node('ReduceMean', 'y', ['x'], { axes: [1] })],
  ],
  [
    'a conversion to integers',
    'node "y" (Cast): expected a floating-point type, got int64',
    [node('Cast', 'y', ['x'], { to: TYPES.int64 })],
  ],
  [
    'softmax of an image',
    'node "y" (Softmax): expected a vector and the axis 1, got the axis 1',
    [node('Softmax', 'y', ['x'])],
  ],
  [
    'the error function alone',
    'node "y" (Erf): expected the error function only as part of GELU; replace it before the export',
    [node('Erf', 'y', ['x'])],
  ],
  [
    'a sum of different shapes',
    'node "y" (Add): expected two values of the same shape, got 3×5×2 and 4×6×2',
    [node('MaxPool', 'm', ['x'], { kernel_shape: [2, 2] }), node('Add', 'y', ['m', 'x'])],
  ],
  [
    'a value added to itself',
    'node "y" (Add): expected two different values, got the same one twice',
    [node('Add', 'y', ['x', 'x'])],
  ],
  [
    'another product',
    'node "y" (Mul): expected a value multiplied by its sigmoid, hard sigmoid, or normal distribution, or an image multiplied by a factor for each of its channels',
    [node('Relu', 'r', ['x']), node('Mul', 'y', ['x', 'r'])],
  ],
  [
    'a difference of two values',
    'node "y" (Sub): expected one input that depends on the image, or two of Add or Mul, got 2 of Sub',
    [node('Relu', 'r', ['x']), node('Sub', 'y', ['x', 'r'])],
  ],
  [
    'a weight that depends on the image',
    'node "y" (Conv): expected constants besides its first input, got "x", which depends on the image',
    [node('Conv', 'y', ['w', 'x'])],
  ],
  [
    'branches that share more than their input',
    'node "a" (Relu): expected branches that share only their input, as in a residual network, got a value that is used in several branches; networks such as DenseNet cannot be imported',
    [
      node('Relu', 'a', ['x']),
      node('Sigmoid', 'b', ['x']),
      node('Add', 'c', ['a', 'b']),
      node('HardSwish', 'd', ['a']),
      node('Add', 'y', ['c', 'd']),
    ],
  ],
])('rejects %s', (_, message, nodes) => {
  const attempt = () => decode({ nodes: [...nodes, ...end] });
  expect(attempt).toThrow(InklingError);
  expect(attempt).toThrow(`net.onnx: ${message}`);
});

test.each<[problem: string, message: string, graph: Partial<TestGraph>]>([
  [
    'two inputs',
    'expected a graph with one input, an image, got 2: "x", "mask"; export only the network that classifies images',
    { inputs: [value('x', [1, 2, 4, 6]), value('mask', [1])] },
  ],
  [
    'no output',
    'expected a graph with one output, the numbers of the classes, got none; export only',
    { outputs: [] },
  ],
  [
    'a text model',
    'input "ids": expected float32 images, [batch, channels, height, width], got int64 of 1×?; only networks that classify images can be imported, not those for text, sound, or tables',
    { inputs: [value('ids', [1, 'length'], TYPES.int64)] },
  ],
  [
    'an open image size',
    'input "x": expected the size of the images, got ?×?×2 (height, width, channels); state it with --image-size, in the library with input: [height, width, channels], or export the model for one size',
    { inputs: [value('x', ['n', 2, 'h', 'w'])] },
  ],
  [
    'an immense image',
    'input "x": expected images of at most 65536×65536×1024, got 100000×6×2; export the model for smaller ones',
    { inputs: [value('x', [1, 2, 100_000, 6])] },
  ],
  [
    'an output of constants',
    'expected the output "out" to be computed from the input "x", got a value that does not depend on it',
    { nodes: [node('Identity', 'out', ['zero'])] },
  ],
  [
    'an output that nothing computes',
    'expected the output "out" to be computed from the input "x", got a value that does not depend on it',
    { nodes: [] },
  ],
  [
    'an image as output',
    'model: its last layer outputs an image of 4×6×2; end with flatten and linear',
    { nodes: [node('Relu', 'out', ['x'])] },
  ],
  [
    'softmax between layers',
    'node "s" (Softmax): expected softmax only as the last operation; replace it before the export',
    {
      nodes: [node('Flatten', 'f', ['x']), node('Softmax', 's', ['f']), node('Sigmoid', 'out', ['s'])],
    },
  ],
  [
    'early operators',
    "expected ONNX's operators in version 7 or later, got 6; convert the file with onnx.version_converter",
    { opset: 6 },
  ],
  [
    'thousands of layers',
    'expected at most 2048 layers, got more; import a smaller network',
    {
      nodes: Array.from({ length: 2049 }, (_, index) =>
        node('Relu', index === 2048 ? 'out' : `v${index}`, [index === 0 ? 'x' : `v${index - 1}`]),
      ),
    },
  ],
  [
    'a list that doubles with each node',
    'node "c5" (Concat): expected at most 64 numbers, got 128',
    {
      nodes: [
        ...Array.from({ length: 30 }, (_, index) => {
          const half = index === 0 ? 'shape' : `c${index - 1}`;
          return node('Concat', `c${index}`, [half, half], { axis: 0 });
        }),
        node('Reshape', 'out', ['x', 'c29']),
      ],
    },
  ],
  [
    'copies of weights without an end',
    'expected at most 268435456 weights, got more; import a smaller network',
    {
      tensors: [...tensors, floats('large', [1024, 1024])],
      nodes: [
        ...Array.from({ length: 300 }, (_, index) =>
          node('Identity', `i${index}`, [index === 0 ? 'large' : `i${index - 1}`]),
        ),
        node('MatMul', 'out', ['x', 'i299']),
      ],
    },
  ],
  [
    'deeply nested branches',
    'expected at most 32 branches within each other, got more; import a simpler network',
    {
      nodes: Array.from({ length: 40 }, (_, index) => [
        node('Relu', `r${index}`, [index === 0 ? 'x' : `s${index - 1}`]),
        node('Add', index === 39 ? 'out' : `s${index}`, [`r${index}`, 'x']),
      ]).flat(),
    },
  ],
])('rejects %s', (_, message, graph) => {
  const attempt = () => decode(graph);
  expect(attempt).toThrow(InklingError);
  expect(attempt).toThrow(`net.onnx: ${message}`);
});

test('rejects another image size than that of the file, and a file without a graph', () => {
  const file = onnxFile({ nodes: end });
  expect(() => decodeOnnx(file, { input: [5, 6] })).toThrow(
    'model.onnx: input "x": expected images of 4×6×2 (height, width, channels), got 5×6; use the size of the file, or export it for another size',
  );
  expect(() => decodeOnnx(Uint8Array.of(8, 8))).toThrow(
    'model.onnx: expected an ONNX model with a graph, got none; get a complete copy of the file',
  );
});

test('reads a long chain of operators at once', () => {
  const last = 1999;
  const chain = Array.from({ length: last + 1 }, (_, index) =>
    node('Relu', index === last ? 'y' : `v${index}`, [index === 0 ? 'x' : `v${index - 1}`]),
  );
  const started = performance.now();
  expect(decode({ nodes: [...chain, ...end] }).model.layers).toHaveLength(last + 3);
  expect(performance.now() - started).toBeLessThan(5000);
});
