import { expect, test } from 'vitest';
import {
  encodeCheckpoint,
  flatten,
  linear,
  type Model,
  preset,
  relu,
  resolveModel,
  type SavedModel,
} from '#inkling/index.js';
import { distributionOf } from '../../src/lab/training/distribution.js';
import { firstFilters, lookInside } from '../../src/lab/training/networkInside.js';

/** A model whose weights are all different. */
function savedOf(model: Model): SavedModel {
  const { parameters, classes } = resolveModel(model);
  const weights = new Map(
    parameters.map(({ name, spec }, position) => {
      const size = spec.shape.reduce((product, length) => product * length, 1);
      return [name, Float32Array.from({ length: size }, (_, i) => (1 + position + i / size) / 100)] as const;
    }),
  );
  const names = Array.from({ length: classes }, (_, i) => String(i));
  return { model, weights, classes: names, dataset: 'none', batches: 0 };
}

/** A tensor of a safetensors file, which has PyTorch's layout. */
function tensorOf(saved: SavedModel, name: string): { shape: number[]; values: Float32Array } {
  const bytes = encodeCheckpoint(saved);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const {
    shape,
    data_offsets: [start, end],
  } = header[name];
  return { shape, values: new Float32Array(bytes.slice(8 + length + start, 8 + length + end).buffer) };
}

test.each([
  ['report-cnn', [28, 28, 1], 'layer1.0.weight'],
  ['report-cnn', [32, 32, 3], 'layer1.0.weight'],
  ['mlp', [28, 28, 1], undefined],
] as const)(
  'the filters of %s for images of %j are the weights of its first layer',
  (name, input, parameter) => {
    const saved = savedOf(preset(name, { input, classes: 10 }));
    const filters = firstFilters(saved);
    if (filters === undefined) throw new Error('expected filters');
    const { shape, values } = tensorOf(saved, parameter ?? `${filters.layer.name}.weight`);
    const { count, height, width, channels, total } = filters;
    expect(total).toBe(shape[0]);
    expect(count).toBe(Math.min(64, total));
    // PyTorch's order is filters, channels, rows, columns.
    const expected = Array.from({ length: filters.values.length }, (_, i) => {
      const [channel, pixel] = [i % channels, Math.floor(i / channels)];
      const filter = Math.floor(pixel / (height * width));
      return values[(filter * channels + channel) * height * width + (pixel % (height * width))];
    });
    expect(Array.from(filters.values)).toEqual(expected);
  },
);

test('a layer that does not look at an image has no filters', () => {
  const model: Model = {
    name: 'two-layers',
    input: [2, 2, 2],
    layers: [flatten(), linear({ outFeatures: 3 })],
  };
  expect(firstFilters(savedOf(model))).toBeUndefined();
});

test('what is inside is that of the image', async () => {
  const model: Model = {
    name: 'two-layers',
    input: [1, 2, 1],
    layers: [flatten(), linear({ name: 'fc', outFeatures: 2, bias: false }), relu()],
  };
  const weights = new Map([['fc.weight', Float32Array.of(1, 2, -3, -4)]]);
  const saved = { model, weights, classes: ['a', 'b'], dataset: 'none', batches: 0 };
  const { maps, weights: ofWeights, outputs } = await lookInside(saved, Uint8Array.of(255, 51));
  expect(maps).toEqual([]);
  expect(ofWeights.map(({ layer, low, high }) => [layer, low, high])).toEqual([['fc', -4, 2]]);
  // 1 × 1 - 0.2 × 3 and 1 × 2 - 0.2 × 4
  const ends = outputs.map(({ low, high }) => [low, high].map((value) => Number(value.toFixed(5))));
  expect(ends).toEqual([
    [0.2, 1],
    [0.4, 1.2],
    [0.4, 1.2],
  ]);
});

test('a distribution counts each value once', () => {
  const of = { layer: 'fc', type: 'linear' };
  const { low, high, counts } = distributionOf(of, Float32Array.of(0, 0.5, 1, 39, 40));
  expect([low, high]).toEqual([0, 40]);
  expect(counts.slice(0, 3)).toEqual([2, 1, 0]);
  expect(counts.slice(-1)).toEqual([2]);
  expect(distributionOf(of, Float32Array.of(7, 7)).counts.slice(0, 2)).toEqual([2, 0]);
});
