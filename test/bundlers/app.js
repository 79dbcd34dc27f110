// The application of every project: trains two models at once, and classifies with one.
import { Classifier, fit, generateDigits, preset } from 'inkling';

export async function run() {
  const dataset = generateDigits({ seed: 0, train: 300, test: 50 });
  const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });
  const training = fit({ model, dataset, settings: { epochs: 1 } });
  const other = fit({ model, dataset, settings: { epochs: 1, seed: 1 } });
  let epochs = 0;
  for await (const event of training) if (event.type === 'epoch') epochs += 1;
  const { best, test } = await training;
  const classifier = await Classifier.create(best);
  const first = { pixels: dataset.test.images.subarray(0, 784), shape: dataset.shape };
  const logits = await classifier.logits(first);
  const { label, probability } = await classifier.classify(first);
  const saliency = await classifier.saliency(first);
  await classifier.close();
  const { test: otherTest } = await other;
  return {
    epochs,
    losses: [test.loss, otherTest.loss],
    threads: training.engine.threads,
    limitation: training.engine.limitation,
    // Exactly, bit for bit.
    bits: [...new Uint32Array(logits.buffer), ...new Uint32Array(saliency.values.buffer)],
    prediction: [label, probability],
  };
}
