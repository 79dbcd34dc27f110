import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { preset, presetNames } from '#inkling/models/presets.js';
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
