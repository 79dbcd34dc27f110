import { afterAll, beforeAll, expect, test } from 'vitest';
import { InklingError, InvalidInputError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { allocateNetwork } from '#inkling/models/network.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { featureMapLayers, featureMapsOf } from '#inkling/predict/featureMaps.js';
import { predictionPlan } from '#inkling/predict/plans/predictionPlan.js';
import { Session } from '#inkling/train/session.js';
import { initializeWeights } from '#inkling/train/trainModel.js';
import { ReferenceRun } from '../helpers/referenceRun.js';
import { stripes } from '../helpers/stripes.js';
import { withPrologue } from '../helpers/withPrologue.js';

/** More than two of the model's batches of 64. */
const IMAGES = 131;
const dataset = stripes({ train: 0, test: IMAGES });
const model = preset('report-cnn', { input: dataset.shape, classes: 3 });
const pixels = Float32Array.from(dataset.test.images, (byte) => byte / 255);

let session: Session;
let saved: SavedModel;
let compiled: CompiledModel;
let answers: Float32Array;
beforeAll(async () => {
  session = await Session.start({
    model: resolveModel(model),
    dataset,
    batchSize: 16,
    threads: 2,
    optimizer: { type: 'adam' },
  });
  await initializeWeights(session, resolveModel(model), new Random(5));
  saved = {
    model,
    weights: await session.weights(),
    classes: dataset.classes,
    dataset: 'stripes',
    batches: 1,
  };
  compiled = await CompiledModel.create(saved, { activations: featureMapLayers(model) });
  answers = compiled.runSync(pixels).probabilities;
});
afterAll(() => session.close());

test('computes a probability for every class of every image', () => {
  expect(compiled.saved.classes).toEqual(dataset.classes);
  expect(answers).toHaveLength(IMAGES * 3);
  for (let image = 0; image < IMAGES; image++) {
    const probabilities = [...answers.subarray(image * 3, image * 3 + 3)];
    expect(Math.min(...probabilities)).toBeGreaterThan(0);
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  }
});

test('predicts the same for an image alone and in a batch, and leaves earlier results unchanged', () => {
  const before = answers.slice();
  for (const image of [0, 63, 64, 130]) {
    const alone = compiled.runSync(pixels.subarray(image * 64, image * 64 + 64)).probabilities;
    expect(alone).toEqual(answers.subarray(image * 3, image * 3 + 3));
  }
  expect(answers).toEqual(before);
});

test('predicts what a session with the same weights scores', async () => {
  const { predictions, losses } = await session.score(
    Uint32Array.from({ length: IMAGES }, (_, image) => image),
  );
  for (let image = 0; image < IMAGES; image++) {
    const probabilities = answers.subarray(image * 3, image * 3 + 3);
    expect(probabilities.indexOf(Math.max(...probabilities))).toBe(predictions[image]);
    expect(-Math.log(probabilities[dataset.test.labels[image]])).toBeCloseTo(losses[image], 5);
  }
});

test('agrees with the reference in double precision', () => {
  const arena = new Arena();
  const network = allocateNetwork(arena, resolveModel(model));
  const prediction = predictionPlan(arena, resolveModel(model), network, 20);
  const reference = new ReferenceRun(arena, withPrologue(prediction));
  for (const [name, tensor] of network.parameters) reference.set(tensor, saved.weights.get(name) ?? []);
  reference.set(prediction.input, pixels.subarray(0, 20 * 64));
  reference.run();
  const differences = reference.get(prediction.probabilities).map((value, i) => Math.abs(value - answers[i]));
  expect(differences).toHaveLength(60);
  expect(Math.max(...differences)).toBeLessThan(1e-6);
});

test('returns the output of each pooling layer; the logits follow from the last one', () => {
  const image = pixels.subarray(70 * 64, 71 * 64);
  const outputs = compiled.runSync(image);
  const { logits } = outputs;
  const featureMaps = featureMapsOf(outputs, ['layer1.3', 'layer2.3']);
  expect(logits).toEqual(compiled.runSync(image).logits);
  expect(featureMaps.map(({ layer, height, width, channels }) => [layer, height, width, channels])).toEqual([
    ['layer1.3', 5, 5, 16],
    ['layer2.3', 3, 3, 32],
  ]);
  const features = featureMaps[1].values;
  const [weight, bias] = [saved.weights.get('fc.weight') ?? [], saved.weights.get('fc.bias') ?? []];
  const sums = Array.from(bias, (start, output) =>
    features.reduce((sum, value, input) => sum + value * weight[input * 3 + output], start),
  );
  expect(sums).toEqual(Array.from(logits, (logit): unknown => expect.closeTo(logit, 5)));
});

test.each([0, 63, 65])('rejects %i numbers', (count) => {
  expect(() => compiled.runSync(new Float32Array(count)).probabilities).toThrow(
    new InvalidInputError(
      `report-cnn: expected images of 8×8×1, 64 numbers each, got ${count} numbers; pass every channel of every pixel`,
    ),
  );
});

test('rejects weights that do not match the model', async () => {
  const weights = new Map(saved.weights).set('fc.bias', new Float32Array(2));
  await expect(CompiledModel.create({ ...saved, weights })).rejects.toThrow(
    new InklingError('weights: fc.bias has 2 values, expected 3; use weights of this model'),
  );
});
