import { describe, expect, test } from 'vitest';
import {
  avgPool2d,
  batchNorm1d,
  Classifier,
  conv2d,
  dropout,
  flatten,
  type Layer,
  leakyRelu,
  linear,
  maxPool2d,
  resolveModel,
  sigmoid,
} from '#inkling/index.js';
import { layerOutputs } from '../../../src/lab/try/inspect.js';
import { arithmeticOf } from '../../../src/lab/try/walk/arithmetic.js';
import { gridOf, largestCell, neighborOf } from '../../../src/lab/try/walk/grid.js';
import { inputViewsOf } from '../../../src/lab/try/walk/inputViews.js';
import type { LayerData } from '../../../src/lab/try/walk/layerData.js';
import { DECIMALS, formatNumber } from '../../../src/lab/try/walk/number.js';
import { walkedLayers } from '../../../src/lab/try/walk/walkedLayers.js';
import { testImage, trained } from './trainedDigits.js';

/** Of what the engine computes in single precision, as a part of the largest output of a layer. */
const PRECISION = 2e-5;

/** Windows of different height and width, with and without padding and overlap. */
const own: readonly Layer[] = [
  conv2d({ name: 'conv', outChannels: 3, kernel: [3, 5], stride: [2, 1], padding: [1, 2] }),
  leakyRelu({ name: 'leaky', slope: 0.2 }),
  avgPool2d({ name: 'mean', kernel: [2, 3], stride: 2 }),
  sigmoid({ name: 'sigmoid' }),
  maxPool2d({ name: 'largest', kernel: 3, stride: 2, padding: 1 }),
  flatten({ name: 'flat' }),
  dropout({ name: 'drop', probability: 0.5 }),
  linear({ name: 'hidden', outFeatures: 20, bias: false }),
  batchNorm1d({ name: 'norm' }),
  linear({ name: 'out', outFeatures: 10 }),
];

async function walk(network: Parameters<typeof trained>[0]): Promise<LayerData[]> {
  const saved = await trained(network);
  await using classifier = await Classifier.create(saved);
  const { image, layers } = await layerOutputs(classifier, testImage(3), new AbortController().signal);
  const valuesOf = (name: string | undefined) => (name === undefined ? image : (layers.get(name) ?? image));
  return walkedLayers(resolveModel(saved.model)).map((walked) => ({
    walked,
    inputs: walked.inputs.map(valuesOf),
    output: valuesOf(walked.layer.name),
    weights: saved.weights,
  }));
}

/** The largest difference between what is shown of a layer and what the engine computed, as a part of its largest output. */
function largestError(data: LayerData, step: number): number {
  const { values } = data.output;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  let error = 0;
  for (let index = 0; index < values.length; index += step) {
    const { result = NaN } = arithmeticOf(data, index) ?? {};
    error = Math.max(error, Math.abs(result - values[index]) / largest);
    if (Number.isNaN(result)) return NaN;
  }
  return error;
}

test.each([
  ['report-cnn', 1],
  [own, 1],
  ['lenet5', 1],
  // Some of the outputs of a larger network.
  ['resnet-small', 13],
] as const)('%s: the arithmetic of each output is what the engine computes', async (network, step) => {
  const layers = await walk(network);
  expect(layers.length).toBeGreaterThan(9);
  const errors = layers.map((data) => [data.walked.layer.name, largestError(data, step)] as const);
  expect(errors.filter(([, error]) => !(error < PRECISION))).toEqual([]);
});

describe('of a network', () => {
  const layers = walk(own);
  const find = async (name: string) => {
    const found = (await layers).find(({ walked }) => walked.layer.name === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };

  test('adding up the numbers as they are shown gives the output as it is shown, but for their rounding', async () => {
    const data = await find('conv');
    const shown = (value: number) => Number(formatNumber(value).replace('−', '-'));
    data.output.values.forEach((value, index) => {
      const arithmetic = arithmeticOf(data, index);
      if (arithmetic?.kind !== 'weightedSum') throw new Error('expected a sum');
      const terms = arithmetic.groups.flatMap(({ rows }) => rows.flat());
      expect(terms).toHaveLength(15);
      const sum = terms.reduce((total, { product }) => total + shown(product), shown(arithmetic.bias ?? 0));
      expect(Math.abs(sum - shown(value))).toBeLessThan(((terms.length + 3) / 2) * 10 ** -DECIMALS);
    });
  });

  test('the window of a convolution is framed, also where it reaches beyond the image', async () => {
    const data = await find('conv');
    // Row 0, column 1, channel 2 of 14 × 28 × 3.
    expect(inputViewsOf(data, 5, 0)).toMatchObject([
      { channel: 0, window: { top: -1, left: -1, height: 3, width: 5 } },
    ]);
    const arithmetic = arithmeticOf(data, 5);
    if (arithmetic?.kind !== 'weightedSum') throw new Error('expected a sum');
    const padding = arithmetic.groups[0].rows.map((row) => row.map(({ isPadding }) => Number(isPadding)));
    expect(padding).toEqual([
      [1, 1, 1, 1, 1],
      [1, 0, 0, 0, 0],
      [1, 0, 0, 0, 0],
    ]);
  });

  test('a linear layer reads a flattened image channel by channel, and a list in parts', async () => {
    const hidden = await find('hidden');
    const [height, width, channels] = (await find('largest')).output.shape;
    expect(inputViewsOf(hidden, 0, 1)).toMatchObject([
      { channel: 1, window: undefined, shape: [height, width, channels] },
    ]);
    const [image, list] = [arithmeticOf(hidden, 4), arithmeticOf(await find('out'), 4)];
    if (image?.kind !== 'weightedSum' || list?.kind !== 'weightedSum') throw new Error('expected sums');
    expect(image.groups.map(({ first }) => first)).toEqual([0, 1, 2]);
    expect(image.bias).toBeUndefined();
    expect(list.groups.map(({ first, rows }) => [first, rows.flat().length])).toEqual([
      [0, 16],
      [16, 4],
    ]);
  });
});

test('cells of an image and of a list are found, also by arrow keys', () => {
  const image = gridOf({ shape: [2, 3, 2], values: Float32Array.from({ length: 12 }, (_, i) => -i) }, 1);
  expect([image.height, image.width, [...image.values]]).toEqual([2, 3, [-1, -3, -5, -7, -9, -11]]);
  expect([largestCell(image), image.indexOf(4)]).toEqual([0, 9]);
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Enter'];
  expect(keys.map((key) => neighborOf(image, 4, key))).toEqual([3, 5, 1, 4, undefined]);
  const list = gridOf({ shape: [40], values: new Float32Array(40) }, 0);
  expect([
    list.height,
    list.width,
    neighborOf(list, 38, 'ArrowDown'),
    neighborOf(list, 39, 'ArrowRight'),
  ]).toEqual([6, 7, 38, 39]);
});
