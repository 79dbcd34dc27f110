import { describe, expect, it } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { preset, presetNames } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { summarize } from '#inkling/models/summary.js';
import { countParameters } from '#inkling/models/weights.js';

const forPhotos = ['mobilenet-v2', 'efficientnet-lite0'];

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
          'use larger images, or a preset for small ones, such as "resnet-small"',
      ),
    );
  });
});

/** Numbers and names of parameters are those of the published weights for 1000 classes. */
it.each([
  {
    name: 'mobilenet-v2',
    parameters: 3_504_872,
    tensors: 262,
    names: [
      [0, 'features.0.0.weight'],
      [5, 'features.1.conv.0.0.weight'],
      [10, 'features.1.conv.1.weight'],
      [11, 'features.1.conv.2.weight'],
      [30, 'features.3.conv.0.0.weight'],
      [44, 'features.3.conv.3.running_var'],
      [259, 'features.18.1.running_var'],
      [260, 'classifier.1.weight'],
      [261, 'classifier.1.bias'],
    ],
  },
  {
    name: 'efficientnet-lite0',
    parameters: 4_652_008,
    tensors: 247,
    names: [
      [0, '_conv_stem.weight'],
      [1, '_bn0.weight'],
      [5, '_blocks.0._depthwise_conv.weight'],
      [15, '_blocks.1._expand_conv.weight'],
      [16, '_blocks.1._bn0.weight'],
      [30, '_blocks.2._expand_conv.weight'],
      [244, '_bn1.running_var'],
      [245, '_fc.weight'],
      [246, '_fc.bias'],
    ],
  },
])('$name has the parameters of the published weights', ({ name, parameters, tensors, names }) => {
  const model = resolveModel(preset(name, { input: [224, 224, 3], classes: 1000 }));
  expect(model.parameterCount).toBe(parameters);
  expect(model.parameters).toHaveLength(tensors);
  expect(names.map(([index]) => [index, model.parameters[Number(index)].name])).toEqual(names);
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
