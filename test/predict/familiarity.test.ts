import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { layersToObserve } from '#inkling/predict/calibration.js';
import { assessDoubt } from '#inkling/predict/doubt.js';
import { familiarityOf } from '#inkling/predict/familiarity.js';
import { featuresOf } from '#inkling/predict/features.js';
import { calibrate } from '#inkling/predict/fitting/calibrate.js';
import { featureLayer } from '#inkling/predict/fitting/featureLayer.js';
import { fitPrototypes } from '#inkling/predict/fitting/fitPrototypes.js';
import { kMeans } from '#inkling/predict/fitting/kMeans.js';
import { distanceFrom, nearestOf } from '#inkling/predict/prototypes.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';

/** Features of two classes near different axes, with the logits of a model that is always sure. */
function twoClasses(images: number, seed: number) {
  const random = new Random(seed);
  const labels = Uint8Array.from({ length: images }, (_, i) => i % 2);
  const values = new Float32Array(images * 4);
  labels.forEach((label, i) => {
    for (let k = 0; k < 4; k++) values[4 * i + k] = (k === label ? 5 : 0) + random.uniform(0, 1);
  });
  const logits = Float32Array.from({ length: 2 * images }, (_, i) =>
    labels[i >> 1] === i % 2 ? 9 + random.uniform(0, 1) : 0,
  );
  return { labels, logits, features: featuresOf({ shape: [4], values }) };
}

test('averages feature maps over a grid of 2×2 parts, and scales to length 1', () => {
  // One channel of 3×4 pixels: rows 0 and 1 and columns 0 and 1 form the first part.
  const values = Float32Array.of(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 2, 1);
  const { size, values: features } = featuresOf({ shape: [3, 4, 1], values });
  expect(size).toBe(4);
  expect([...features]).toEqual([4 / 5, 0, 0, 3 / 5].map((value) => expect.closeTo(value, 6) as number));
  expect(featuresOf({ shape: [2], values: Float32Array.of(0, 0, 3, 4) }).values).toEqual(
    Float32Array.of(0, 0, 0.6, 0.8),
  );
});

test('features come from the layer before the last linear one, or before a flatten', () => {
  const options = { input: [28, 28, 1], classes: 10 } as const;
  expect(featureLayer(resolveModel(preset('report-cnn', options)))).toBe('layer2.3');
  const linear = {
    name: 'linear',
    input: [4, 4, 1] as const,
    layers: preset('mlp', options).layers.slice(0, 2),
  };
  expect(featureLayer(resolveModel(linear))).toBeUndefined();
});

test('k-means finds separate clusters, and repeats vectors if there are too few', () => {
  const vectors = [0, 1, 10, 11, 20, 21].map((value) => Float32Array.of(value));
  expect([...kMeans(vectors, 3, 1)]).toEqual([0.5, 10.5, 20.5]);
  expect([...kMeans(vectors.slice(0, 1), 2, 1)]).toEqual([0, 0]);
  expect([...kMeans([], 2, 1)]).toEqual([0, 0]);
  expect(nearestOf(Float32Array.of(0, 4, 9), Float32Array.of(5))).toEqual({ index: 1, distance: 1 });
});

test('prototypes survive their encoding, and are left out where they would be too large', () => {
  const { features, labels } = twoClasses(200, 1);
  const prototypes = fitPrototypes('fc1', features, labels, 2);
  if (prototypes === undefined) throw new Error('expected prototypes');
  const first = features.values.subarray(0, 4);
  expect(distanceFrom(JSON.parse(JSON.stringify(prototypes)) as typeof prototypes, 0, first)).toBeLessThan(
    0.01,
  );
  expect(distanceFrom(prototypes, 1, first)).toBeGreaterThan(0.5);
  const wide = { size: 40_000, values: new Float32Array(80_000) };
  expect(fitPrototypes('fc1', wide, Uint8Array.of(0, 1), 2)).toBeUndefined();
});

test('images far from all prototypes of the predicted class are out of distribution, however sure the model is', () => {
  const known = twoClasses(400, 2);
  const prototypes = fitPrototypes('fc1', known.features, known.labels, 2);
  const { logits, labels, features } = twoClasses(1000, 3);
  const calibration = calibrate(logits, labels, { known: prototypes && { prototypes, features } });
  const { familiarity, coverage } = calibration;
  if (familiarity === undefined) throw new Error('expected a familiarity');
  expect(layersToObserve(calibration)).toEqual(['fc1']);
  expect(coverage).toBeCloseTo(0.98, 2);
  const rows = [...labels.keys()].map((i) =>
    familiarityOf(familiarity, {
      logits: logits.subarray(2 * i, 2 * i + 2),
      features: features.values.subarray(4 * i, 4 * i + 4),
    }),
  );
  expect(rows.filter((value) => value < familiarity.threshold).length / rows.length).toBeCloseTo(0.02, 3);

  const evidence = { logits: Float32Array.of(9.5, 0), pixels: Float32Array.of(0, 0, 1, 1), shape: [2, 2, 1] };
  const judge = (...vector: number[]) =>
    assessDoubt({ ...evidence, features: Float32Array.from(vector) }, calibration).reasons.map(
      ({ code }) => code,
    );
  expect(judge(...features.values.subarray(0, 4))).toEqual([]);
  expect(judge(0, 1, 0, 0)).toEqual(['out-of-distribution']);
  expect(judge(0, 0, 0.7, 0.7)).toEqual(['out-of-distribution']);
  // Without features, the logits decide.
  expect(assessDoubt(evidence, calibration).doubtful).toBe(false);
});
