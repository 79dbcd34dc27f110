import { describe, expect, it } from 'vitest';
import { preset, presetNames } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { summarize } from '#inkling/models/summary.js';
import { countParameters } from '#inkling/models/weights.js';

describe.each(presetNames)('%s', (name) => {
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
