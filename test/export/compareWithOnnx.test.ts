import { beforeAll, expect, test } from 'vitest';
import { compareLogits, compareWithOnnx } from '#inkling/export/compareWithOnnx.js';
import { channelsFirst, channelsLast } from '#inkling/export/layout.js';
import { findOnnxRuntime, type OnnxRuntime } from '#inkling/export/onnxRuntime.js';
import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { mixedModel, randomImages } from '../helpers/mixedModel.js';
import { noGolden } from '../helpers/golden.js';
import { loadMnist, noMnist, trainedByTorch } from '../helpers/trained.js';

const saved = mixedModel();
let runtime: OnnxRuntime;

beforeAll(async () => {
  const found = await findOnnxRuntime();
  if (found === undefined) throw new Error('onnxruntime-web is a development dependency: npm ci');
  runtime = found;
});

test.each([13, 14, 15, 16, 17, 18, 19, 20, 21, 22])(
  'onnxruntime computes the same logits with opset %i',
  async (opset) => {
    const compiled = await CompiledModel.create(saved);
    const images = randomImages(saved.model, 40);
    const comparison = await compareWithOnnx(encodeOnnx(saved, { opset }), compiled, images, runtime);
    expect(comparison).toMatchObject({ images: 40, differentPredictions: 0 });
    expect(comparison.maxDifference).toBeGreaterThan(0);
    expect(comparison.maxDifference).toBeLessThan(1e-5);
  },
);

test('compares more images than one batch', async () => {
  const compiled = await CompiledModel.create(saved);
  const images = randomImages(saved.model, 1100);
  const comparison = await compareWithOnnx(encodeOnnx(saved), compiled, images, runtime);
  expect(comparison).toMatchObject({ images: 1100, differentPredictions: 0 });
});

test('detects different weights', async () => {
  const compiled = await CompiledModel.create(saved);
  const weights = new Map(saved.weights).set('head.out.bias', Float32Array.of(9, 0, 0));
  const file = encodeOnnx({ ...saved, weights });
  const comparison = await compareWithOnnx(file, compiled, randomImages(saved.model, 40), runtime);
  expect(comparison.differentPredictions).toBeGreaterThan(0);
  expect(comparison.maxDifference).toBeGreaterThan(8);
});

test('predicts the same class for all test images of MNIST', async ({ skip }) => {
  const mnist = (await loadMnist()) ?? skip(noMnist);
  const { saved } = trainedByTorch(0) ?? skip(noGolden);
  const compiled = await CompiledModel.create(saved);
  const comparison = await compareWithOnnx(encodeOnnx(saved), compiled, mnist.test.images, runtime);
  expect(comparison).toMatchObject({ images: 10_000, differentPredictions: 0 });
  expect(comparison.maxDifference).toBeLessThan(1e-4);
});

test.for([0, 1, 2])('both compute PyTorch’s logits for seed %i', async (seed, { skip }) => {
  const mnist = (await loadMnist()) ?? skip(noMnist);
  const { saved, logits } = trainedByTorch(seed) ?? skip(noGolden);
  const pixels = Float32Array.from(mnist.test.images.subarray(0, 256 * 784), (pixel) => pixel / 255);
  const session = await runtime(encodeOnnx(saved));
  const ours = (await CompiledModel.create(saved)).runSync(pixels).logits;
  for (const received of [ours, await session.run(pixels, [256, 1, 28, 28])]) {
    const { differentPredictions, maxDifference } = compareLogits(received, logits, 10);
    expect(differentPredictions).toBe(0);
    expect(maxDifference).toBeLessThan(1e-4);
  }
  await session.close();
});

test('counts different predictions, not different logits', () => {
  const ours = Float32Array.of(1, 2, 5, 4, 3, 3.5);
  const theirs = Float32Array.of(1, 2.5, 5, 5.25, 3, 3.5);
  expect(compareLogits(ours, theirs, 2)).toEqual({ images: 3, maxDifference: 1.25, differentPredictions: 1 });
});

test('counts NaN as a different prediction', () => {
  const nothing = Float32Array.of(1, NaN);
  expect(compareLogits(nothing, nothing, 2)).toEqual({
    images: 1,
    maxDifference: NaN,
    differentPredictions: 1,
  });
});

test('transposes images to PyTorch’s layout and back', () => {
  // The digits of each value are its indices: image, channel, row and column.
  const image = (n: number) => [
    n,
    n + 100,
    n + 1,
    n + 101,
    n + 2,
    n + 102,
    n + 10,
    n + 110,
    n + 11,
    n + 111,
    n + 12,
    n + 112,
  ];
  const last = Float32Array.from([...image(0), ...image(1000)]);
  const torch = (n: number) => [
    n,
    n + 1,
    n + 2,
    n + 10,
    n + 11,
    n + 12,
    n + 100,
    n + 101,
    n + 102,
    n + 110,
    n + 111,
    n + 112,
  ];
  const first = Float32Array.from([...torch(0), ...torch(1000)]);
  expect(channelsFirst(last, [2, 3, 2])).toEqual(first);
  expect(channelsLast(first, [2, 3, 2])).toEqual(last);
});
