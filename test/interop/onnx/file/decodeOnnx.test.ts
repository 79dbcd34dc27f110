import { afterAll, expect, test } from 'vitest';
import { areEqual } from '#inkling/core/arrays.js';
import { Random } from '#inkling/core/random.js';
import { InklingError, UsageError } from '#inkling/core/errors.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import { decodeOnnx } from '#inkling/interop/onnx/file/decodeOnnx.js';
import type { Layer } from '#inkling/layers/index.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { calibration, mixedModel, randomImages } from '../../../helpers/mixedModel.js';
import { dynamoByTorch, legacyByTorch } from './exportedByTorch.js';
import { bytesOf, field } from './onnxFiles.js';

const opened: CompiledModel[] = [];
afterAll(() => Promise.all(opened.map((model) => model.close())));

async function run(saved: SavedModel, images: Uint8Array | Float32Array) {
  const model = await CompiledModel.create(saved);
  opened.push(model);
  return model.run(images);
}

/** Layers as they compute in evaluation: dropout, which ONNX files of Inkling do not contain, is left out. */
function evaluated(layers: readonly Layer[]): Layer[] {
  return layers.filter(({ type }) => type !== 'dropout');
}

const mixed = mixedModel();

test.each([13, 17, 20])('reads what Inkling exports in version %i, to the same bits', async (opset) => {
  const decoded = decodeOnnx(encodeOnnx(mixed, { opset }));
  const { model, classes, dataset, weights } = decoded;
  expect({ classes, dataset, name: model.name, input: model.input }).toEqual({
    classes: mixed.classes,
    dataset: mixed.dataset,
    name: 'mixed',
    input: [9, 11, 3],
  });
  expect(weights.size).toBe(mixed.weights.size);
  const images = randomImages(model, 3);
  expect((await run(decoded, images)).logits).toEqual((await run(mixed, images)).logits);
});

test('reads the calibration, without the features of training images', () => {
  const { calibration: found } = decodeOnnx(encodeOnnx({ ...mixed, calibration }));
  expect(found).toEqual({ ...calibration, familiarity: undefined });
  expect(decodeOnnx(encodeOnnx(mixed)).calibration).toBeUndefined();
  const damaged = encodeOnnx({ ...mixed, calibration: { ...calibration, temperature: -1 } });
  expect(() => decodeOnnx(damaged)).toThrow('model.onnx: its calibration: temperature: ');
});

test.each([
  ['report-cnn', [28, 28, 1]],
  ['resnet-small', [16, 16, 3]],
  ['mobilenet-v2', [32, 32, 3]],
  ['efficientnet-lite0', [33, 40, 3]],
] as const)('reads the layers, names, and weights of an exported %s', (name, [height, width, channels]) => {
  const model = preset(name, { input: [height, width, channels], classes: 3 });
  const weights = initialWeights(resolveModel(model), new Random(2));
  const saved: SavedModel = { model, weights, classes: ['a', 'b', 'c'], dataset: 'x', batches: 0 };
  const decoded = decodeOnnx(encodeOnnx(saved));
  // Comparing millions of numbers with toEqual takes many seconds.
  expect([...decoded.weights.keys()]).toEqual([...weights.keys()]);
  expect([...weights].filter(([key, values]) => !areEqual(decoded.weights.get(key) ?? [], values))).toEqual(
    [],
  );
  const [layers, expected] = [decoded.model, model].map((each) => resolveModel(each).allLayers);
  const kinds = (all: typeof layers) =>
    all
      .filter(({ layer }) => layer.type !== 'dropout')
      .map(({ layer: { type }, output }) => [type, output.shape]);
  expect(kinds(layers)).toEqual(kinds(expected));
});

test('omits names that are positions', () => {
  const layers: Layer[] = evaluated(mixed.model.layers).slice(0, 3);
  expect(decodeOnnx(encodeOnnx(mixed)).model.layers.slice(0, 3)).toEqual(layers);
});

/** Pixels `[2, 8, 8, 3]` of `(arange(2 * 3 * 8 * 8) * 37 % 256).reshape(2, 3, 8, 8) / 255`. */
const pixels = Float32Array.from({ length: 2 * 8 * 8 * 3 }, (_, index) => {
  const [channel, pixel] = [index % 3, Math.floor(index / 3)];
  const [image, position] = [Math.floor(pixel / 64), pixel % 64];
  return ((((image * 3 + channel) * 64 + position) * 37) % 256) / 255;
});

/** PyTorch's probabilities. */
const probabilities = [
  0.5231432914733887, 0.2820584177970886, 0.19479826092720032, 0.5430476665496826, 0.28782808780670166,
  0.1691243201494217,
];

test.each([
  ['legacy', legacyByTorch],
  ['dynamo', dynamoByTorch],
])('computes what PyTorch computes for a file of its %s exporter', async (_, file) => {
  const outputs = await run(decodeOnnx(file, { classes: ['a', 'b', 'c'] }), pixels);
  probabilities.forEach((expected, index) => {
    expect(Math.abs(outputs.probabilities[index] - expected)).toBeLessThan(1e-6);
  });
});

test('calls layers and weights as PyTorch does', () => {
  const { model, weights } = decodeOnnx(legacyByTorch, { classes: ['a', 'b', 'c'] });
  expect(model.layers).toMatchObject([
    { type: 'normalize', mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
    { type: 'conv2d', name: 'stem', outChannels: 4, kernel: 3, stride: 2, padding: 1 },
    { type: 'hardSwish', name: 'act' },
    {
      type: 'residual',
      name: 'block',
      shortcutName: 'downsample',
      layers: [
        { type: 'conv2d', name: 'conv', groups: 2, bias: false },
        { type: 'batchNorm2d', name: 'bn' },
        { type: 'relu6' },
        {
          type: 'squeezeExcitation',
          name: 'se',
          layers: [
            { type: 'globalAvgPool2d' },
            { type: 'conv2d', name: 'fc1', outChannels: 2, kernel: 1 },
            { type: 'relu' },
            { type: 'conv2d', name: 'fc2', outChannels: 4, kernel: 1 },
            { type: 'sigmoid' },
          ],
        },
      ],
      shortcut: [{ type: 'conv2d', kernel: 1, bias: false }, { type: 'batchNorm2d' }],
    },
    { type: 'gelu' },
    { type: 'maxPool2d', name: 'pool', kernel: 2 },
    { type: 'flatten' },
    { type: 'linear', name: 'head.1', outFeatures: 3 },
  ]);
  expect([...weights.keys()].filter((name) => name.endsWith('weight'))).toEqual([
    'stem.weight',
    'block.conv.weight',
    'block.bn.weight',
    'block.se.fc1.weight',
    'block.se.fc2.weight',
    'block.downsample.0.weight',
    'block.downsample.1.weight',
    'head.1.weight',
  ]);
});

test('asks for class names that a file does not contain', () => {
  expect(() => decodeOnnx(legacyByTorch, { source: 'net.onnx' })).toThrow(
    new InklingError(
      'net.onnx: expected class names, which files exported by Inkling contain, got none; pass them as classes',
    ),
  );
  expect(() => decodeOnnx(legacyByTorch, { classes: ['a', 'b'] })).toThrow(
    new InklingError('model.onnx: expected 3 class names, one for each output of the model model, got 2'),
  );
});

test('rejects damaged class names in a file of Inkling', () => {
  const file = bytesOf(
    encodeOnnx(mixed),
    field.bytes(14, field.text(1, 'classes'), field.text(2, '["a", 3]')),
  );
  expect(() => decodeOnnx(file)).toThrow('model.onnx: its class names: ');
});

test.each([
  ['text', 'model.onnx'],
  ['a number', 3],
])('rejects %s instead of bytes', (_, value) => {
  expect(() => decodeOnnx(value as never)).toThrow(UsageError);
});
