import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { endOfStages, lastStages, stagesOf } from '#inkling/models/stages.js';

const resolved = (name: string, side: number, channels: number) =>
  resolveModel(preset(name, { input: [side, side, channels], classes: 3 }));

test('stages begin where the size of the images changes, and end before they become a vector', () => {
  const cnn = resolved('report-cnn', 28, 1);
  const namesOf = (indices: readonly number[]) => indices.map((index) => cnn.layers[index].name);
  expect(namesOf(stagesOf(cnn))).toEqual(['layer1.0', 'layer1.3', 'layer2.0', 'layer2.3']);
  expect(cnn.layers[endOfStages(cnn)].name).toBe('flatten');
  expect(namesOf(lastStages(cnn, 2))).toEqual(['layer2.3', 'layer2.0']);
});

test('a network for photos has a stage for each of its resolutions', () => {
  const net = resolved('efficientnet-lite0', 224, 3);
  const stages = stagesOf(net);
  expect(stages.map((index) => net.layers[index].output.shape[0])).toEqual([224, 112, 56, 28, 14, 7]);
  expect(net.layers[endOfStages(net)].output.shape).toEqual([1, 1, 1280]);
  expect(() => lastStages(net, 7)).toThrow(
    new InklingError('fineTune: expected at most 6, the number of stages of efficientnet-lite0, got 7'),
  );
});
