// Trains a small network on the built-in digits, saves it, and classifies with the saved file: deno run -A train.ts
import { fit, generateDigits, imageOf, loadClassifier, preset } from 'inkling';
import { saveClassifier } from 'inkling/node';

const dataset = generateDigits({ seed: 0, train: 1000, test: 200 });
const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });

const training = fit({ model, dataset, settings: { epochs: 2, batchSize: 16 } });
for await (const event of training) {
  if (event.type !== 'epoch') continue;
  const { epoch, validationAccuracy } = event.record;
  console.log(`epoch ${epoch}: validation accuracy ${(100 * validationAccuracy).toFixed(1)} %`);
}
const { best, test } = await training;
if (best === undefined) throw new Error('training was interrupted');
console.log(`test accuracy ${(100 * test!.accuracy).toFixed(1)} %`);
saveClassifier(best, 'digits.safetensors');

const classifier = await loadClassifier('digits.safetensors');
const { label, probability } = await classifier.classify(imageOf(dataset, 'test', 0));
console.log(
  `the first test image is a ${dataset.classes[dataset.test.labels[0]]}, classified as ${label}`,
  probability,
);
await classifier.close();
