import { expect, test } from 'vitest';
import { backboneModel, loadBackbone } from '#inkling/backbones/loadBackbone.js';
import { UsageError } from '#inkling/core/errors.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import {
  goldenFile,
  goldenTensor,
  goldenTop5,
  noGolden,
  noWeights,
  weightsFolder,
} from '../helpers/golden.js';

const name = 'efficientnet-lite0';
const input = [224, 224, 3];

/** The five most probable classes, with probabilities as in PyTorch's record. */
function top5(probabilities: Float32Array) {
  return [...probabilities]
    .map((probability, index) => ({ index, probability: expect.closeTo(probability, 4) as number }))
    .sort((a, b) => probabilities[b.index] - probabilities[a.index])
    .slice(0, 5);
}

function largestDifference(values: Float32Array, bytes: Uint8Array<ArrayBuffer>): number {
  const expected = new Float32Array(bytes.buffer);
  expect(values).toHaveLength(expected.length);
  return expected.reduce((largest, each, index) => Math.max(largest, Math.abs(each - values[index])), 0);
}

test('published weights compute what they do in PyTorch, for photos', async ({ skip }) => {
  const golden = goldenFile('efficientnet-lite0/golden.safetensors') ?? skip(noGolden);
  const record = goldenFile('efficientnet-lite0/golden.json') ?? skip(noGolden);
  const dataDir = weightsFolder(name) ?? skip(noWeights);
  const saved = await loadBackbone({ name, input, dataDir, environment: {} });
  const model = await CompiledModel.create(saved, { activations: ['flatten'] });
  const expected = goldenTop5(record);
  for (const photo of ['astronaut', 'chelsea', 'china', 'coffee', 'flower', 'rocket']) {
    const outputs = model.runSync(goldenTensor(golden, `${photo}.pixels`));
    const features = outputs.activations.get('flatten')?.values ?? new Float32Array();
    expect(largestDifference(outputs.logits, goldenTensor(golden, `${photo}.logits`))).toBeLessThan(1e-4);
    expect(largestDifference(features, goldenTensor(golden, `${photo}.features`))).toBeLessThan(1e-4);
    expect(expected[photo]).toEqual(top5(outputs.probabilities));
  }
  await model.close();
});

test('an unknown name, or images that a network cannot take, are errors before anything is downloaded', async () => {
  const environment = { HTTPS_PROXY: 'http://localhost:1' };
  await expect(loadBackbone({ name: 'resnet18', input, environment })).rejects.toThrow(
    new UsageError(
      'unknown backbone "resnet18" (did you mean "resnet-18"?); ' +
        'expected resnet-18, mobilenet-v2, mobilenet-v3-small or efficientnet-lite0',
    ),
  );
  await expect(loadBackbone({ name, input: [28, 28, 1], environment })).rejects.toThrow(
    new UsageError(
      'preset "efficientnet-lite0": input: expected color images of at least 32×32×3, got 28×28×1; ' +
        'use such images, or a preset for others, such as "resnet-small"',
    ),
  );
});

test('a backbone has outputs for the classes of ImageNet', () => {
  const { layers, input: shape } = backboneModel('resnet-18', [64, 96, 3]);
  expect(shape).toEqual([64, 96, 3]);
  expect(layers.at(-1)).toMatchObject({ name: 'fc', outFeatures: 1000 });
});
