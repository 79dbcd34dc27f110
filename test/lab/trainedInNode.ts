import { fit, generateDigits, preset, type SavedModel } from '#inkling/index.js';
import { collectDigits, DIGIT_COUNT } from '../../src/lab/data/digits.js';
import { splitExamples } from '../../src/lab/data/splitExamples.js';
import { fitSettingsOf } from '../../src/lab/training/settings.js';

/** The best model of a training of the report's CNN on the built-in digits, with the settings of the lab. */
export async function trainedInNode(epochs: number): Promise<SavedModel> {
  const { train: images, classes } = generateDigits({ seed: 0, train: DIGIT_COUNT, test: 1 });
  const dataset = splitExamples(collectDigits({ ...images, classes }));
  const { best } = await fit({
    model: preset('report-cnn', { input: dataset.shape, classes: 10 }),
    dataset,
    settings: fitSettingsOf({ epochs, learningRate: 0.001, batchSize: 64, varied: false, gpu: false }),
  });
  if (best === undefined) throw new Error('expected a model');
  return best;
}
