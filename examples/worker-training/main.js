// Trains a network in a worker of the page, on images that the user selects, and classifies others with it.
import { Classifier, createDataset, fit, preset } from 'inkling';

const [folder, stop, log, image] = ['folder', 'stop', 'log', 'image'].map((id) =>
  document.getElementById(id),
);
const SHAPE = [32, 32, 3];
let classifier;

/** The images with the names of their folders as labels. */
function* labeledImages(files) {
  for (const file of files) {
    if (!file.type.startsWith('image/')) continue;
    yield { image: file, label: file.webkitRelativePath.split('/').at(-2) };
  }
}

folder.onchange = async () => {
  log.textContent = 'Reading images';
  const abort = new AbortController();
  stop.disabled = false;
  stop.onclick = () => abort.abort();
  try {
    const dataset = await createDataset(labeledImages(folder.files), { name: 'my images', shape: SHAPE });
    const model = preset('deep-cnn', { input: SHAPE, classes: dataset.classes.length });
    const training = fit({ model, dataset, settings: { epochs: 20, batchSize: 16 }, signal: abort.signal });
    for await (const event of training) {
      if (event.type !== 'epoch') continue;
      const { epoch, validationAccuracy } = event.record;
      log.textContent += `\nEpoch ${epoch}: validation accuracy ${(100 * validationAccuracy).toFixed(0)} %`;
    }
    const { best, test } = await training;
    if (test) log.textContent += `\nTest accuracy: ${(100 * test.accuracy).toFixed(0)} %`;
    classifier = best && (await Classifier.create(best));
    image.disabled = best === undefined;
  } catch (error) {
    log.textContent += `\n${error.message}`;
  }
  stop.disabled = true;
};

image.onchange = async () => {
  const { label, probability, doubt } = await classifier.classify(image.files[0]);
  const reasons = doubt ? `, but not sure: ${doubt.map(({ text }) => text).join('; ')}` : '';
  log.textContent += `\n${image.files[0].name}: ${label} (${(100 * probability).toFixed(0)} %)${reasons}`;
};
