import { expect, test } from 'vitest';
import { trainForReport } from '../helpers/reportRuns.js';

const runs = trainForReport();

test('extracts the filters and feature maps of a network with convolutions', () => {
  const { cnn, mlp } = runs();
  const { filters, input, featureMaps } = cnn.features;
  expect(filters).toMatchObject({ width: 3, height: 3 });
  expect(filters?.maps).toHaveLength(16);
  // The weight layout: [kernel height, kernel width, 1 input channel, 16 output channels].
  const weights = cnn.saved.weights.get('layer1.0.weight') ?? new Float32Array();
  expect(filters?.maps[5]).toEqual(Array.from({ length: 9 }, (_, tap) => weights[tap * 16 + 5]));
  expect(featureMaps.map(({ layer, width, channelCount }) => [layer, width, channelCount])).toEqual([
    ['layer1.0', 10, 16],
    ['layer2.0', 7, 32],
  ]);
  expect(featureMaps.every(({ isAfterRelu }) => isAfterRelu)).toBe(true);
  expect(featureMaps.flatMap(({ maps }) => maps.flat()).every((value) => value >= 0)).toBe(true);
  expect(cnn.predictionRecord.examples).toContain(input);
  expect(mlp.features).toMatchObject({ filters: undefined, featureMaps: [] });
});
