import { expect, test } from 'vitest';
import { preset } from '#inkling/models/presets.js';
import { makeReport } from '#inkling/report/content/report.js';
import { figuresOf } from '#inkling/report/structure.js';
import { extractFeatures } from '#inkling/report/features.js';
import { saved } from '../interop/savedModels.js';
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

test('shows the first layer of a deep network, and the last one of each resolution', async () => {
  const { cnn } = runs();
  const input = [64, 64, 3] as const;
  const deep = saved(preset('efficientnet-lite0', { input, classes: 3 }), ['a', 'b', 'c']);
  const [example] = cnn.predictionRecord.examples;
  const predictionRecord = {
    ...cnn.predictionRecord,
    examples: [{ ...example, pixels: Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => at % 256) }],
  };
  const features = await extractFeatures(deep, predictionRecord);
  expect(features.layerCount).toBe(31);
  expect(features.featureMaps.map(({ layer, width, isAfterRelu }) => [layer, width, isAfterRelu])).toEqual([
    ['_conv_stem', 32, true],
    ['_blocks.0._project_conv', 32, false],
    ['_blocks.2', 16, false],
    ['_blocks.4', 8, false],
    ['_blocks.10', 4, false],
    ['_conv_head', 2, true],
  ]);
  const document = makeReport([{ ...cnn, features, explanations: [], predictionRecord, saved: deep }]);
  const captionOf = (id: string) =>
    figuresOf(document)
      .find((figure) => figure.id === id)
      ?.caption.map((part) => (typeof part === 'object' && 'text' in part ? part.text : part))
      .join('');
  expect(captionOf('feature-map-input')).toContain(
    'Of the 31 convolutions and residual blocks, the first and the last of each resolution are shown.',
  );
  expect(captionOf('feature-maps-1')).toContain(
    'Feature maps of _conv_stem after ReLU (32 of 32 channels), each on its own scale, from dark (0) to bright (strongest response).',
  );
  expect(captionOf('feature-maps-3')).toContain(
    'Feature maps of _blocks.2 (24 of 24 channels) on a common scale. Positive values are blue, negative values orange.',
  );
  const [model] = document.sections.filter(({ id }) => id === 'model');
  expect(JSON.stringify(model.subsections[0].blocks[0])).toContain(`inkling summary ${String(cnn.name)}`);
});
