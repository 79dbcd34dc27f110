import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { torchModules } from '#inkling/interop/torch/modules.js';
import {
  batchNorm2d,
  conv2d,
  flatten,
  globalAvgPool2d,
  hardSigmoid,
  linear,
  relu,
  residual,
  squeezeExcitation,
} from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';

function named(...names: string[]): Model {
  const layers = [flatten({ name: names[0] }), ...names.slice(1).map((name) => relu({ name }))];
  return { name: 'm', input: [2, 2, 1], layers };
}

test('writes the report’s network like the original report', () => {
  expect(torchModules(preset('report-cnn', { input: [28, 28, 1], classes: 10 }))).toEqual([
    '("layer1", nn.Sequential(OrderedDict([',
    '    ("0", nn.Conv2d(1, 16, kernel_size=(3, 3), stride=(1, 1), padding=(2, 2))),',
    '    ("1", nn.BatchNorm2d(16)),',
    '    ("2", nn.ReLU()),',
    '    ("3", nn.MaxPool2d(kernel_size=(2, 2), stride=(2, 2))),',
    ']))),',
    '("layer2", nn.Sequential(OrderedDict([',
    '    ("0", nn.Conv2d(16, 32, kernel_size=(3, 3), stride=(1, 1), padding=(2, 2))),',
    '    ("1", nn.BatchNorm2d(32)),',
    '    ("2", nn.ReLU()),',
    '    ("3", nn.MaxPool2d(kernel_size=(2, 2), stride=(2, 2))),',
    ']))),',
    '("flatten", nn.Flatten()),',
    '("fc", nn.Linear(2048, 10)),',
  ]);
});

test('names unnamed layers by their index, and quotes names', () => {
  const layers = [
    conv2d({ outChannels: 1, kernel: 1 }),
    flatten({ name: 'a "b"' }),
    linear({ outFeatures: 2 }),
  ];
  expect(torchModules({ name: 'm', input: [2, 2, 1], layers })).toEqual([
    '("0", nn.Conv2d(1, 1, kernel_size=(1, 1), stride=(1, 1), padding=(0, 0))),',
    '("a \\"b\\"", nn.Flatten()),',
    '("2", nn.Linear(4, 2)),',
  ]);
});

test('writes a residual with its layers and its shortcut', () => {
  const conv = (outChannels: number) => conv2d({ outChannels, kernel: 1, bias: false });
  const layers = [
    residual({
      name: 'block',
      layers: [
        conv2d({ name: 'conv', outChannels: 2, kernel: 1 }),
        relu(),
        residual({ layers: [batchNorm2d()] }),
      ],
      shortcut: [conv(2), batchNorm2d({ name: 'norm' })],
    }),
    flatten(),
    linear({ outFeatures: 2, bias: false }),
  ];
  expect(torchModules({ name: 'm', input: [2, 2, 1], layers })).toEqual([
    '("block", Residual(OrderedDict([',
    '    ("conv", nn.Conv2d(1, 2, kernel_size=(1, 1), stride=(1, 1), padding=(0, 0))),',
    '    ("1", nn.ReLU()),',
    '    ("2", Residual(OrderedDict([',
    '        ("0", nn.BatchNorm2d(2)),',
    '    ]))),',
    '    ("shortcut", nn.Sequential(OrderedDict([',
    '        ("0", nn.Conv2d(1, 2, kernel_size=(1, 1), stride=(1, 1), padding=(0, 0), bias=False)),',
    '        ("norm", nn.BatchNorm2d(2)),',
    '    ]))),',
    ']))),',
    '("1", nn.Flatten()),',
    '("2", nn.Linear(8, 2, bias=False)),',
  ]);
});

test('writes squeeze and excitation in a module that its name implies', () => {
  const layers = [
    squeezeExcitation({
      name: 'block.1',
      layers: [
        globalAvgPool2d({ name: 'avgpool' }),
        conv2d({ name: 'fc1', outChannels: 1, kernel: 1 }),
        hardSigmoid({ name: 'scale_activation' }),
      ],
    }),
    flatten(),
    linear({ outFeatures: 2 }),
  ];
  expect(torchModules({ name: 'm', input: [2, 2, 1], layers })).toEqual([
    '("block", nn.Sequential(OrderedDict([',
    '    ("1", SqueezeExcitation(OrderedDict([',
    '        ("avgpool", nn.AdaptiveAvgPool2d(1)),',
    '        ("fc1", nn.Conv2d(1, 1, kernel_size=(1, 1), stride=(1, 1), padding=(0, 0))),',
    '        ("scale_activation", nn.Hardsigmoid()),',
    '    ]))),',
    ']))),',
    '("1", nn.Flatten()),',
    '("2", nn.Linear(4, 2)),',
  ]);
});

test('names the shortcut of a residual, unless by default', () => {
  const layers = [
    residual({ layers: [relu()], shortcut: [relu()], shortcutName: 'down' }),
    flatten(),
    linear({ outFeatures: 2 }),
  ];
  expect(torchModules({ name: 'm', input: [2, 2, 1], layers }).slice(0, 6)).toEqual([
    '("0", Residual(OrderedDict([',
    '    ("0", nn.ReLU()),',
    '    ("down", nn.Sequential(OrderedDict([',
    '        ("0", nn.ReLU()),',
    '    ]))),',
    ']), shortcut="down")),',
  ]);
});

test.each([
  [['a.0', 'b', 'a.1'], 'a.1'],
  [['a', 'a.0'], 'a.0'],
  [['a.0', 'a'], 'a'],
  [['a.b.0', 'a.c', 'a.b.1'], 'a.b.1'],
  [['a.', 'b'], 'a.'],
  [['b', '.a'], '.a'],
])('rejects layers named %j', (names, rejected) => {
  expect(() => torchModules(named(...names))).toThrow(
    new InklingError(
      `m: layer "${rejected}" cannot be a PyTorch module; layers with a common prefix must follow each other`,
    ),
  );
});

test('nests modules as deeply as the names do', () => {
  expect(torchModules(named('a.b.0', 'a.b.1', 'a.c'))).toEqual([
    '("a", nn.Sequential(OrderedDict([',
    '    ("b", nn.Sequential(OrderedDict([',
    '        ("0", nn.Flatten()),',
    '        ("1", nn.ReLU()),',
    '    ]))),',
    '    ("c", nn.ReLU()),',
    ']))),',
  ]);
});
