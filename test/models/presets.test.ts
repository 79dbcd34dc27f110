import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { optionsOf, preset, presetNames } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { summarize } from '#inkling/models/summary.js';
import { countParameters } from '#inkling/models/weights.js';

const forPhotos = ['resnet-18', 'mobilenet-v2', 'mobilenet-v3-small', 'efficientnet-lite0'];

describe.each(presetNames.filter((name) => !forPhotos.includes(name)))('%s', (name) => {
  it.each([
    { input: [28, 28, 1], classes: 10 },
    { input: [32, 32, 3], classes: 7 },
    { input: [50, 37, 3], classes: 2 },
  ])('accepts images of $input and $classes classes', (options) => {
    const model = preset(name, options);
    expect(model).toMatchObject({ name, input: options.input });
    expect(resolveModel(model).classes).toBe(options.classes);
  });
});

describe.each(forPhotos)('%s', (name) => {
  it.each([
    { input: [32, 32, 3], classes: 10 },
    { input: [50, 37, 3], classes: 2 },
  ])('accepts images of $input and $classes classes', (options) => {
    const model = preset(name, options);
    expect(model).toMatchObject({ name, input: options.input });
    expect(resolveModel(model).classes).toBe(options.classes);
  });

  it.each([
    [[31, 64, 3], '31×64×3'],
    [[64, 64, 1], '64×64×1'],
  ])('rejects images of %j', (input, received) => {
    expect(() => preset(name, { input, classes: 10 })).toThrow(
      new UsageError(
        `preset "${name}": input: expected color images of at least 32×32×3, got ${received}; ` +
          'use such images, or a preset for others, such as "resnet-small"',
      ),
    );
  });
});

/*
 * Numbers of parameters, and names and shapes of tensors, of the published weights for 1,000 classes: those of torchvision 0.29.2, and of
 * the file of EfficientNet-Lite0. The hashes are of
 *
 *   '\n'.join(sorted(f'{name} {tuple(tensor.shape)}' for name, tensor in state_dict.items() if tensor.ndim > 0))
 */
it.each([
  {
    name: 'resnet-18',
    parameters: 11_689_512,
    tensors: 102,
    hash: '2bb53b15765c4651c9f371fb47d78ca6d34a306e7a0b11007b6c2c2ce195baac',
  },
  {
    name: 'mobilenet-v2',
    parameters: 3_504_872,
    tensors: 262,
    hash: 'd613ea65450d53182cb0463e1d07b0654fa8762aa0f8b9f034d8ef0357f070e3',
  },
  {
    name: 'mobilenet-v3-small',
    parameters: 2_542_856,
    tensors: 210,
    hash: 'c5aae8a56256fe35e5e5d63320be64bf6caca9bad57678e95c265535447730c4',
  },
  {
    name: 'efficientnet-lite0',
    parameters: 4_652_008,
    tensors: 247,
    hash: 'e8b5afc66056b920f760076c03fd4a400c3a13c0c0b094f45d3ae97792267bde',
  },
])('$name has the parameters of the published weights', ({ name, parameters, tensors, hash }) => {
  const model = resolveModel(preset(name, { input: [224, 224, 3], classes: 1000 }));
  expect(model.parameterCount).toBe(parameters);
  expect(model.parameters).toHaveLength(tensors);
  const lines = model.parameters.map(({ name: tensor, spec }) => {
    const { shape } = spec.torch;
    return `${tensor} (${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  });
  expect(createHash('sha256').update(lines.sort().join('\n')).digest('hex')).toBe(hash);
});

it('presets are small enough to train on two cores', () => {
  const totals = (name: string, input: number[]) =>
    summarize(resolveModel(preset(name, { input, classes: 10 }))).totals;
  const deep = totals('deep-cnn', [28, 28, 1]);
  expect(deep.multiplyAdds).toBeLessThan(17e6);
  expect(deep.parameters).toBeLessThan(1e6);
  expect(totals('resnet-small', [32, 32, 3]).multiplyAdds).toBeLessThan(35e6);
});

it.each([
  // A 3×3 convolution and its normalization, separable ones with two normalizations each, and the linear layer.
  ['tiny-cnn', 144 + 32 + (688 + 64) + 2 * (1312 + 128) + (1824 + 160) + (2736 + 192) + 490],
  // Three 3×3 convolutions and their normalizations, and the linear layer for 3×3 pixels of 64 channels.
  ['small-cnn', 144 + 32 + 4608 + 64 + 18_432 + 128 + 5770],
])('%s has %i parameters for digits', (name, parameters) => {
  expect(countParameters(preset(name, { input: [28, 28, 1], classes: 10 }))).toBe(parameters);
});

it('LeNet-5 has 61,706 parameters, for both 28×28 and 32×32', () => {
  for (const side of [28, 32]) {
    expect(countParameters(preset('lenet5', { input: [side, side, 1], classes: 10 }))).toBe(61_706);
  }
});

it.each([
  ['report-cnn', ['flatten'], true],
  ['deep-cnn', ['maxPool2d', 'maxPool2d', 'flatten'], undefined],
])('%s-dropout has dropout after %s and the same parameters', (name, droppedAfter, probesWithZeros) => {
  const [plain, dropped] = [name, `${name}-dropout`].map((each) =>
    preset(each, { input: [28, 28, 1], classes: 10 }),
  );
  const { layers } = dropped;
  expect(layers.filter(({ type }) => type !== 'dropout')).toEqual(plain.layers);
  expect(layers.flatMap(({ type }, index) => (type === 'dropout' ? [layers[index - 1].type] : []))).toEqual(
    droppedAfter,
  );
  expect(dropped.probesWithZeros).toBe(probesWithZeros);
});

it.each([
  [{ input: [28, 28], classes: 10 }, 'preset "mlp": input: '],
  [{ input: [28, 28, 0], classes: 10 }, 'preset "mlp": input.2: '],
  [{ input: [28, 28, 1] }, 'preset "mlp": classes: '],
  [undefined, 'preset "mlp": '],
])('rejects options that are no shape and number of classes: %#', (options, message) => {
  expect(() => preset('mlp', options as never)).toThrow(message);
});

const DIGITS = { input: [28, 28, 1], classes: 10 };

describe('options of a preset', () => {
  it.each([
    ['mlp:width=32', 'mlp:width=32', [32, 10]],
    ['mlp:depth=3,width=20', 'mlp:width=20,depth=3', [20, 20, 20, 10]],
    ['mlp:width=64,depth=1,dropout=0', 'mlp', [64, 10]],
    ['report-cnn:width=8', 'report-cnn:width=8', [8, 16, 10]],
    ['report-cnn:depth=3', 'report-cnn:depth=3', [16, 32, 64, 10]],
    ['deep-cnn:width=4', 'deep-cnn:width=4', [4, 8, 12, 12, 24, 24, 10]],
    ['deep-cnn-dropout:depth=1', 'deep-cnn-dropout:depth=1', [16, 48, 96, 10]],
    ['resnet-small:width=4,depth=2', 'resnet-small:width=4,depth=2', [4, 8, 16, 32, 10]],
  ])('%s is called %s and has these outputs: %j', (text, name, outputs) => {
    const model = preset(text, DIGITS);
    expect(model.name).toBe(name);
    expect(
      model.layers.flatMap((layer) =>
        layer.type === 'conv2d' ? [layer.outChannels] : layer.type === 'linear' ? [layer.outFeatures] : [],
      ),
    ).toEqual(outputs);
    resolveModel(model);
  });

  it('builds residual blocks in the depth stated', () => {
    const { layers } = preset('resnet-small:depth=3', DIGITS);
    expect(layers.filter(({ type }) => type === 'residual')).toHaveLength(9);
  });

  it.each([
    ['mlp:depth=2,dropout=0.25', 2],
    ['report-cnn:dropout=0.25', 1],
    ['report-cnn-dropout:dropout=0.25', 1],
    ['deep-cnn:dropout=0.25', 1],
    ['deep-cnn-dropout:dropout=0.25', 1],
    ['resnet-small:dropout=0.25', 1],
  ])('%s has %d layers with this dropout', (text, count) => {
    const { layers } = preset(text, DIGITS);
    const dropped = layers.filter((layer) => layer.type === 'dropout' && layer.probability === 0.25);
    expect(dropped).toHaveLength(count);
  });

  it('can be stated in the library, which override those of the name', () => {
    const model = preset('mlp:width=8,depth=2', { ...DIGITS, width: 16, dropout: undefined });
    expect(model).toEqual(preset('mlp:width=16,depth=2', DIGITS));
  });

  it.each(presetNames)('%s is the same with its defaults', (name) => {
    const color = { input: [32, 32, 3], classes: 10 };
    expect(preset(name, { ...color, ...optionsOf(name) })).toEqual(preset(name, color));
  });

  it.each([
    [
      'mlp:',
      'model "mlp:": expected options with numbers after the name, such as mlp:width=32,depth=2, got ""',
    ],
    ['mlp:width', 'such as mlp:width=32,depth=2, got "width"'],
    ['mlp:width=wide', 'such as mlp:width=32,depth=2, got "width=wide"'],
    [
      'mlp:width=1,width=2',
      'model "mlp:width=1,width=2": expected each option once, got width twice; remove one',
    ],
    [
      'mlp:widht=3',
      'preset "mlp": unknown setting "widht" (did you mean "width"?); expected width, depth or dropout',
    ],
    ['mlp:width=0', 'preset "mlp": width: expected at least 1, got 0'],
    ['mlp:width=2.5', 'preset "mlp": width: expected a whole number, got 2.5'],
    ['mlp:depth=9', 'preset "mlp": depth: expected at most 8, got 9'],
    ['mlp:dropout=1', 'preset "mlp": dropout: expected at most 0.95, got 1'],
    ['lenet5:width=3', 'preset "lenet5": width: this preset has no such option; leave it out'],
    ['mpl:width=3', 'unknown model "mpl" (did you mean "mlp"?); expected report-cnn, '],
  ])('rejects %s', (text, message) => {
    expect(() => preset(text, DIGITS)).toThrow(UsageError);
    expect(() => preset(text, DIGITS)).toThrow(message);
  });
});
