import { expect, test } from 'vitest';
import { InklingError, UsageError } from '#inkling/core/errors.js';
import { VERSION } from '#inkling/core/version.js';
import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import { preprocessingOf } from '#inkling/interop/onnx/preprocessing.js';
import { calibration, mixedModel } from '../../helpers/mixedModel.js';
import { messagesOf, numbersOf, textsOf } from './readProtobuf.js';

// Numbers of fields are those of onnx.proto.
const saved = mixedModel();
const file = encodeOnnx(saved);
const [graph] = messagesOf(file, 7);
/** Since version 20, GELU is one operator. */
const [latest] = messagesOf(encodeOnnx(saved, { opset: 20 }), 7);

test('contains its producer, and what predictions need', () => {
  expect([textsOf(file, 2), textsOf(file, 3)]).toEqual([['inkling'], [VERSION]]);
  expect(messagesOf(file, 14).map((entry) => [...textsOf(entry, 1), ...textsOf(entry, 2)])).toEqual([
    ['model', 'mixed'],
    ['dataset', 'pets'],
    ['classes', '["cat","dög","a \\"third\\""]'],
    [
      'preprocessing',
      '{"scale":"1/255","colors":"RGB","centerCrop":"aspect","resize":{"to":[9,11],"filter":"area"}}',
    ],
  ]);
});

test.each([
  [
    'photo',
    '{"scale":"1/255","colors":"RGB","resize":{"cover":[256,182.85714285714286],"filter":"bicubic"},"centerCrop":[224,160]}',
  ],
  ['digit', '{"scale":"1/255","colors":"RGB","normalize":"MNIST"}'],
] as const)('states how a %s becomes pixels', (inputKind, expected) => {
  expect(JSON.stringify(preprocessingOf(inputKind, [224, 160, 3]))).toBe(expected);
});

test('contains the calibration, without the features of training images', () => {
  const entries = messagesOf(encodeOnnx({ ...saved, calibration }), 14).map((entry) => textsOf(entry, 2));
  expect(entries.at(-1)).toEqual([
    '{"temperature":1.5,"threshold":0.8,"logSumExpThreshold":-2,"coverage":0.9,"precision":0.99,"images":70}',
  ]);
});

test('accepts batches of any size, with channels first', () => {
  const describe = (value: Uint8Array) => {
    const [tensor] = messagesOf(messagesOf(value, 2)[0], 1);
    const axes = messagesOf(messagesOf(tensor, 2)[0], 1);
    return [...textsOf(value, 1), ...axes.flatMap((axis) => [...numbersOf(axis, 1), ...textsOf(axis, 2)])];
  };
  expect(messagesOf(graph, 11).map(describe)).toEqual([['pixels', 'batch', 3, 9, 11]]);
  expect(messagesOf(graph, 12).map(describe)).toEqual([['logits', 'batch', 3]]);
  expect(textsOf(messagesOf(graph, 11)[0], 3)).toEqual([
    'Images, channels first. Divide pixels from 0 to 255 by 255.',
  ]);
});

test('has the nodes of each layer, none for dropout, and PyTorch’s names', () => {
  expect(messagesOf(latest, 1).map((node) => [...textsOf(node, 3), ...textsOf(node, 4)])).toEqual([
    ['block.0', 'Conv'],
    ['block.1', 'BatchNormalization'],
    ['block.2', 'Relu'],
    ['4', 'MaxPool'],
    ['5', 'Conv'],
    ['6', 'AveragePool'],
    ['down.conv', 'Conv'],
    ['down.norm', 'BatchNormalization'],
    ['down.2', 'LeakyRelu'],
    ['down.last.conv', 'Conv'],
    ['down.shortcut.0', 'Conv'],
    ['down.shortcut.norm', 'BatchNormalization'],
    ['down', 'Add'],
    ['excited.avgpool', 'GlobalAveragePool'],
    ['excited.fc1', 'Conv'],
    ['excited.activation', 'Relu'],
    ['excited.fc2', 'Conv'],
    ['excited.scale_activation', 'HardSigmoid'],
    ['excited', 'Mul'],
    ['9', 'HardSwish'],
    ['10.0.logistic', 'Sigmoid'],
    ['10.0', 'Mul'],
    ['10.1', 'Conv'],
    ['10.2', 'Gelu'],
    ['10.3', 'Conv'],
    ['10', 'Add'],
    ['11', 'GlobalAveragePool'],
    ['12', 'Flatten'],
    ['head.hidden', 'Gemm'],
    ['head.norm', 'BatchNormalization'],
    ['head.relu', 'Relu'],
    ['head.out', 'Gemm'],
  ]);
  expect(messagesOf(graph, 5).flatMap((tensor) => textsOf(tensor, 8))).toEqual([...saved.weights.keys()]);
});

test.each([
  [13, 7],
  [17, 8],
  [20, 9],
  [22, 10],
])('writes opset %i in version %i of the format', (opset, irVersion) => {
  const file = encodeOnnx(saved, { opset });
  expect(numbersOf(file, 1)).toEqual([irVersion]);
  expect(messagesOf(file, 8).flatMap((set) => numbersOf(set, 2))).toEqual([opset]);
});

test.each([12, 23, 17.5])('rejects opset %f', (opset) => {
  expect(() => encodeOnnx(saved, { opset })).toThrow(
    new UsageError(`opset: expected 13 to 22, got ${opset}`),
  );
});

test('rejects classes and weights that do not match the model', () => {
  expect(() => encodeOnnx({ ...saved, classes: ['cat'] })).toThrow(
    new InklingError('mixed: expected 3 class names, one for each output of the model mixed, got 1'),
  );
  const weights = new Map(saved.weights);
  weights.delete('head.out.bias');
  expect(() => encodeOnnx({ ...saved, weights })).toThrow(
    new InklingError('mixed: head.out.bias: expected 3 values, got none'),
  );
});
