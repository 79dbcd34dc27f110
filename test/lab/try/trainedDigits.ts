import {
  fit,
  generateDigits,
  type Layer,
  type Model,
  preset,
  type PresetName,
  type SavedModel,
} from '#inkling/index.js';
import type { SplitExamples } from '../../../src/lab/data/splitExamples.js';

/** Generated digits, of which the last training images are for validation. */
export const dataset: SplitExamples = {
  ...generateDigits({ seed: 0, train: 400, test: 20 }),
  validationCount: 40,
};

/** A network that was trained on the digits for a moment. */
export async function trained(network: PresetName | readonly Layer[]): Promise<SavedModel> {
  const { shape, classes } = dataset;
  const [height, width, channels] = shape;
  const model: Model =
    typeof network === 'string'
      ? preset(network, { input: shape, classes: classes.length })
      : { name: 'own', input: [height, width, channels], layers: network };
  const { best } = await fit({ model, dataset, settings: { epochs: 2, batchSize: 16 } });
  if (best === undefined) throw new Error('the training was interrupted');
  return best;
}

/** What the network sees of a test image, from 0 to 1. */
export function testImage(index: number): Float32Array {
  const size = dataset.shape.reduce((product, side) => product * side, 1);
  const { images } = dataset.test;
  return Float32Array.from(images.subarray(index * size, (index + 1) * size), (value) => value / 255);
}
