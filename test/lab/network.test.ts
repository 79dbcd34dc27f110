import { expect, test } from 'vitest';
import { conv2d, flatten, linear, maxPool2d, preset, relu, resolveModel, summarize } from '#inkling/index.js';
import { fieldsOf, NEW_LAYERS } from '../../src/lab/network/layerFields.js';
import { networkOf, ownNetwork, PRESETS, resolveNetwork } from '../../src/lab/network/network.js';
import { measureSpeed, secondsPerEpoch } from '../../src/lab/network/speed.js';

const options = { input: [28, 28, 1], classes: 3 };

const resolve = (...layers: Parameters<typeof resolveNetwork>[0]['layers']) =>
  resolveNetwork(ownNetwork(layers), options);

test.each(PRESETS)('%s works for any number of classes', (name) => {
  const { model, rows, totals } = resolveNetwork(
    networkOf(name, { input: [28, 28, 1], classes: 10 }),
    options,
  );
  expect(model?.name).toBe(name);
  expect(rows.at(-1)).toMatchObject({ output: [3], error: undefined });
  expect(rows.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(totals?.parameters);
});

test('shows the output and the parameters of each layer', () => {
  const { rows, totals } = resolve(
    conv2d({ outChannels: 8, kernel: 3 }),
    relu(),
    maxPool2d({ kernel: 2 }),
    flatten(),
    linear({ outFeatures: 99 }),
  );
  expect(rows.map(({ output }) => output)).toEqual([[26, 26, 8], [26, 26, 8], [13, 13, 8], [1352], [3]]);
  expect(rows.map(({ parameters }) => parameters)).toEqual([80, 0, 0, 0, 4059]);
  expect(totals).toMatchObject({ parameters: 4139, multiplyAdds: 26 * 26 * 8 * 9 + 1352 * 3 });
});

test('shows an error at the first layer that does not fit, and the shapes before it', () => {
  const { model, rows } = resolve(maxPool2d({ kernel: 8 }), conv2d({ outChannels: 8, kernel: 5 }), flatten());
  expect(model).toBeUndefined();
  expect(rows.map(({ output }) => output)).toEqual([[3, 3, 1], undefined, undefined]);
  expect(rows.map(({ error }) => error)).toEqual([
    undefined,
    'kernel 5×5 exceeds its 3×3 input; add padding or remove a pooling layer',
    undefined,
  ]);
});

test.each([
  [[relu(), flatten()], 'the network must end with 3 outputs, one per class; it has 784'],
  [[relu()], 'its last layer outputs an image of 28×28×1; end with flatten and linear'],
])('shows an error at the end of a network whose outputs are not the classes', (layers, error) => {
  expect(resolve(...layers).rows.at(-1)?.error).toBe(error);
});

test('the speed of this device is measured, and that of other networks follows from their multiply-adds', async () => {
  const { imagesPerSecond, multiplyAdds } = await measureSpeed(preset('mlp', options), 8, 1);
  expect(imagesPerSecond).toBeGreaterThan(0);
  expect(imagesPerSecond).toBeLessThan(Infinity);
  expect(multiplyAdds).toBe(summarize(resolveModel(preset('mlp', options))).totals.multiplyAdds);
  const speed = { imagesPerSecond: 100, multiplyAdds: 1000 };
  expect(secondsPerEpoch(speed, 500, 1000)).toBe(5);
  expect(secondsPerEpoch(speed, 500, 4000)).toBe(20);
});

test('every number of a layer can be changed', () => {
  for (const layer of Object.values(NEW_LAYERS)) {
    for (const { value, min, max, change, name } of fieldsOf(layer)) {
      expect(value).toBeGreaterThanOrEqual(min);
      expect(value).toBeLessThanOrEqual(max);
      expect(fieldsOf(change(max)).find((field) => field.name === name)?.value).toBe(max);
    }
  }
});
