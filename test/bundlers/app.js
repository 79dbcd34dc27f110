// The application of every project: trains two models at once, and classifies with one.
import { CompiledModel, fit, generateDigits, preset } from 'inkling';

export async function run() {
  const dataset = generateDigits({ seed: 0, train: 300, test: 50 });
  const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });
  const training = fit({ model, dataset, settings: { epochs: 1 } });
  const other = fit({ model, dataset, settings: { epochs: 1, seed: 1 } });
  let epochs = 0;
  for await (const event of training) if (event.type === 'epoch') epochs += 1;
  const { best, test } = await training;
  const compiled = await CompiledModel.create(best);
  const { probabilities } = compiled.runSync(dataset.test.images);
  const { test: otherTest } = await other;
  return {
    epochs,
    losses: [test.loss, otherTest.loss],
    threads: training.engine.threads,
    limitation: training.engine.limitation,
    // Exactly, bit for bit.
    probabilities: [...new Uint32Array(probabilities.buffer)],
  };
}
