import { expect, test } from 'vitest';
import {
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  type Layer,
  linear,
  relu,
  residual,
} from '#inkling/layers/index.js';
import { countFixedLayers } from '#inkling/models/fixedLayers.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { frozenParameters } from '#inkling/train/fineTune.js';

const conv = (name: string) => conv2d({ name, outChannels: 4, kernel: 3, padding: 1 });
const model = (...layers: Layer[]) =>
  resolveModel({
    name: 'test',
    input: [6, 6, 4],
    layers: [...layers, flatten(), linear({ name: 'fc', outFeatures: 2 })],
  });
const block = residual({ name: 'block', layers: [conv('0'), batchNorm2d({ name: '1' })] });

test.each<[what: string, layers: Layer[], freeze: string[], expected: number]>([
  ['nothing is frozen', [conv('a'), relu()], [], 0],
  ['layers without parameters follow', [conv('a'), relu(), conv('b')], ['a'], 2],
  ['all but the head, whose input is an image', [conv('a'), relu(), conv('b')], ['a', 'b'], 3],
  ['a later layer is frozen', [conv('a'), conv('b')], ['b'], 0],
  ['dropout precedes a frozen layer', [conv('a'), dropout({ probability: 0.5 }), conv('b')], ['a', 'b'], 1],
  ['a residual is frozen', [conv('a'), block, relu()], ['a', 'block'], 3],
  ['a part of a residual is frozen', [conv('a'), block, relu()], ['a', 'block.0'], 1],
  ['no layer before the first trained one has parameters', [relu(), conv('a'), conv('b')], ['b'], 0],
])('the fixed layers if %s', (_, layers, freeze, expected) => {
  const resolved = model(...layers);
  expect(countFixedLayers(resolved, frozenParameters(resolved, freeze))).toBe(expected);
});
