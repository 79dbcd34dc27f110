import { describe, expect, test } from 'vitest';
import { Classifier, InputGradients, type SavedModel } from '#inkling/index.js';
import { MAX_MEAN_LEVELS, smallestChange } from '../../../src/lab/try/change/smallestChange.js';
import { testImage, trained } from './trainedDigits.js';

const { signal } = new AbortController();

async function attack(saved: SavedModel, pixels: Float32Array, target: string) {
  const classifier = await Classifier.create(saved);
  const gradients = await InputGradients.create(saved);
  const label = saved.classes.indexOf(target);
  return { classifier, change: await smallestChange({ classifier, gradients }, pixels, label, signal) };
}

describe.each(['report-cnn', 'mlp'] as const)('%s', (network) => {
  const saved = trained(network);

  test.each([
    [0, '3'],
    [1, '8'],
    [2, '5'],
  ])('takes image %i for a %s after a small change, but not after a half of it', async (image, target) => {
    const pixels = testImage(image);
    const { classifier, change } = await attack(await saved, pixels, target);
    if (change === undefined) throw new Error('no change was found');
    const labelOf = async (changed: Uint8Array) =>
      (await classifier.classify({ pixels: changed, shape: classifier.shape })).label;
    const before = Uint8Array.from(pixels, (value) => Math.round(255 * value));
    expect(await labelOf(before)).not.toBe(target);
    expect(await labelOf(change.pixels)).toBe(target);
    expect(await labelOf(before.map((value, i) => value + Math.trunc(change.difference[i] / 2)))).not.toBe(
      target,
    );

    const differences = [...change.pixels].map((value, i) => value - before[i]);
    expect(differences).toEqual([...change.difference]);
    const sizes = differences.map(Math.abs);
    expect(change.largest).toBe(Math.max(...sizes));
    expect(change.mean).toBeCloseTo(sizes.reduce((sum, size) => sum + size, 0) / 784, 6);
    expect(change.mean).toBeLessThan(MAX_MEAN_LEVELS / 2);
    await classifier.close();
  });
});

test('there is none for a network that always says the same', async () => {
  const saved = await trained('mlp');
  const lastOf = (part: string) =>
    [...saved.weights.keys()].filter((name) => name.endsWith(part)).at(-1) ?? '';
  const [weight, bias] = [lastOf('.weight'), lastOf('.bias')];
  const weights = new Map(saved.weights)
    .set(weight, new Float32Array(saved.weights.get(weight)?.length ?? 0))
    .set(
      bias,
      Float32Array.from({ length: 10 }, (_, label) => -label),
    );
  const { change, classifier } = await attack({ ...saved, weights }, testImage(0), '3');
  expect(change).toBeUndefined();
  await classifier.close();
});
