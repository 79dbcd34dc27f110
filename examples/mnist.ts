// Trains the report's network and classifies a test image: npm run example -- [mnist | digits | FOLDER] [EPOCHS]
import { argv } from 'node:process';
import { Classifier, fit, imageOf, preset } from 'inkling';
import { loadDataset, saveClassifier } from 'inkling/node';

const [, , name = 'mnist', epochs = '5'] = argv;

const dataset = await loadDataset({ name });
const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });

const training = fit({ model, dataset, settings: { epochs: Number(epochs), seed: 0 } });
for await (const event of training) {
  if (event.type !== 'epoch') continue;
  const { epoch, validationAccuracy, seconds } = event.record;
  console.log(
    `epoch ${epoch}: validation accuracy ${(100 * validationAccuracy).toFixed(2)} %, ${seconds.toFixed(1)} s`,
  );
}
const { best, test } = await training;
if (best === undefined || test === undefined) throw new Error('training stopped early');
console.log(`test accuracy: ${(100 * test.accuracy).toFixed(2)} % on ${test.total} images`);

saveClassifier(best, 'mnist.safetensors');

const classifier = await Classifier.create(best);
const { label } = await classifier.classify(imageOf(dataset, 'test', 0));
console.log(`first test image: label ${dataset.classes[dataset.test.labels[0]]}, prediction ${label}`);
await classifier.close();
