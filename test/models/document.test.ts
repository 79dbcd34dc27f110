import { describe, expect, it } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { listNames } from '#inkling/core/suggest.js';
import { layerTypes } from '#inkling/layers/index.js';
import { modelFrom } from '#inkling/models/document.js';
import { preset } from '#inkling/models/presets.js';

const data = { input: [28, 28, 1], classes: 10 };
const head = [{ type: 'flatten' }, { type: 'linear', outFeatures: 'classes' }];

it('a definition can omit what the data set determines', () => {
  const document = { layers: [{ type: 'conv2d', outChannels: 4, kernel: [3, 1] }, ...head] };
  expect(
    modelFrom(document, { input: [8, 9, 3], classes: 5, source: 'nets/my-net.json', name: 'my-net' }),
  ).toEqual({
    name: 'my-net',
    input: [8, 9, 3],
    layers: [
      { type: 'conv2d', outChannels: 4, kernel: [3, 1] },
      { type: 'flatten' },
      { type: 'linear', outFeatures: 5 },
    ],
  });
});

it.each(['report-cnn', 'resnet-small', 'lenet5'])('%s survives a round trip through JSON', (name) => {
  const model = preset(name, data);
  expect(modelFrom(JSON.parse(JSON.stringify(model)), { ...data, source: 'x' })).toEqual(model);
});

it('"classes" is replaced by the number of classes, also within residuals', () => {
  const layers = [
    { type: 'flatten' },
    {
      type: 'residual',
      layers: [{ type: 'linear', outFeatures: 'classes' }],
      shortcut: [{ type: 'linear', outFeatures: 'classes', bias: false }],
    },
  ];
  expect(modelFrom({ layers }, { ...data, source: 'x' }).layers[1]).toEqual({
    type: 'residual',
    layers: [{ type: 'linear', outFeatures: 10 }],
    shortcut: [{ type: 'linear', outFeatures: 10, bias: false }],
  });
});

it('the layers of squeeze and excitation are parsed too', () => {
  const excitation = { type: 'squeezeExcitation', name: 'se' };
  const layers = [{ type: 'globalAvgPool2d' }, { type: 'hardSigmoid' }];
  expect(modelFrom({ layers: [{ ...excitation, layers }, ...head] }, data).layers[0]).toEqual({
    ...excitation,
    layers,
  });
});

const inside = (...layers: unknown[]) => ({ layers: [{ type: 'residual', name: 'block', layers }, ...head] });
const first = (layer: unknown) => ({ layers: [layer, ...head] });

describe('rejects invalid definitions, naming the layer', () => {
  it.each<[document: unknown, message: string]>([
    [7, 'x: expected an object, got 7'],
    [{ layers: [] }, 'x: layers: expected array to have >=1 items'],
    [
      { layer: [] },
      'x: layers: expected an array, got undefined; unknown setting "layer" (did you mean "layers"?); expected name, input, layers or probesWithZeros',
    ],
    [first('relu'), 'x: layer 0: expected an object, got "relu"'],
    [first({ kind: 'relu' }), 'x: layer 0: type: expected a string, got undefined'],
    [
      first({ type: 'Conv2D' }),
      `x: layer 0: unknown layer type "Conv2D" (did you mean "conv2d"?); expected ${listNames(layerTypes)}`,
    ],
    [
      first({ type: 'conv2d', name: 'stem', outChannels: 4, kernal: 3 }),
      'x: stem (conv2d): kernel: expected an integer of at least 1, or two of them: [vertical, horizontal], got undefined; unknown setting "kernal" (did you mean "kernel"?); expected type, name, outChannels, kernel, stride, padding, dilation, groups or bias',
    ],
    [first({ type: 'dropout', probability: 1 }), 'x: 0 (dropout): probability: expected less than 1, got 1'],
    [first({ type: 'residual', layers: [] }), 'x: 0 (residual): layers: expected array to have >=1 items'],
    [
      first({ type: 'squeezeExcitation', name: 'se', layers: [{ type: 'relu' }], shortcut: [] }),
      'x: se (squeezeExcitation): unknown setting "shortcut"; expected type, name or layers',
    ],
    [
      first({ type: 'squeezeExcitation', name: 'se', layers: [{ type: 'dropout', probability: 2 }] }),
      'x: se.0 (dropout): probability: expected less than 1, got 2',
    ],
    [
      inside({ type: 'relu' }, { type: 'linear', outFeatures: 0 }),
      'x: block.1 (linear): outFeatures: expected at least 1, got 0',
    ],
    [
      inside({ type: 'residual', name: 'inner', layers: [{ type: 'relu' }], shortcut: [{ type: 'reul' }] }),
      `x: layer block.inner.shortcut.0: unknown layer type "reul" (did you mean "relu"?); expected ${listNames(layerTypes)}`,
    ],
    [
      first({
        type: 'residual',
        layers: [{ type: 'relu' }],
        shortcut: [{ type: 'dropout' }],
        shortcutName: 'down',
      }),
      'x: 0.down.0 (dropout): probability: expected a number, got undefined',
    ],
    [
      first({ type: 'residual', layers: [{ type: 'relu' }], shortcutName: 'a.b' }),
      'x: 0 (residual): shortcutName: expected a name without dots',
    ],
    [
      first({ type: 'normalize', mean: [0.5], deviation: [0] }),
      'x: 0 (normalize): deviation.0: expected more than 0, got 0',
    ],
    [
      first({ type: 'maxPool2d', kernel: 29 }),
      '0 (maxPool2d): window 29×29 exceeds its 28×28 input; remove a pooling layer',
    ],
    [
      { input: [32, 32, 3], layers: head },
      'x: expects images of 32×32×3, but the data set has images of 28×28×1; omit "input" to accept any size',
    ],
    [
      { layers: [{ type: 'flatten' }, { type: 'linear', outFeatures: 7 }] },
      'x: its last layer has 7 outputs, but there are 10 classes; set its "outFeatures" to "classes" to match any ' +
        'number of classes',
    ],
  ])('%j', (document, message) => {
    expect(() => modelFrom(document, { ...data, source: 'x' })).toThrow(new InklingError(message));
  });
});

it('limits layers within each other, without exhausting the stack', () => {
  const nested = (levels: number) => {
    let layer: unknown = { type: 'relu' };
    for (let level = 0; level < levels; level++) layer = { type: 'residual', layers: [layer] };
    return { layers: [layer, { type: 'flatten' }, { type: 'linear', outFeatures: 'classes' }] };
  };
  const open = (levels: number) =>
    modelFrom(nested(levels), { input: [4, 4, 1], classes: 3, source: 'deep.json' });
  expect(open(32).layers).toHaveLength(3);
  for (const levels of [33, 16_000]) {
    expect(() => open(levels)).toThrow(
      'deep.json: expected at most 32 layers within each other, got more; nest fewer',
    );
  }
});
