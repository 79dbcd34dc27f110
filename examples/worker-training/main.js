// Trains a network in a worker of the page on photos that the user chooses and classifies others with it.
import { Classifier, createDataset, encodeCheckpoint, fit, preset } from 'inkling';

const ids = ['folder', 'stop', 'progress', 'log', 'image', 'save'];
const [folder, stop, progress, log, image, save] = ids.map((id) => document.getElementById(id));
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
      if (event.type === 'progress')
        progress.value = (event.epoch - 1 + event.step / event.steps) / event.epochs;
      if (event.type === 'notice') log.textContent += `\n${event.text}`;
      if (event.type === 'epoch') {
        const { epoch, validationAccuracy } = event.record;
        log.textContent += `\nEpoch ${epoch}: validation accuracy ${(100 * validationAccuracy).toFixed(0)} %`;
      }
    }
    const { best, test } = await training;
    if (test) log.textContent += `\nTest accuracy: ${(100 * test.accuracy).toFixed(0)} %`;
    classifier = best && (await Classifier.create(best));
    image.disabled = save.disabled = best === undefined;
  } catch (error) {
    log.textContent += `\n${error.message}`;
  }
  stop.disabled = true;
};

image.onchange = async () => {
  const [file] = image.files;
  try {
    const { label, probability, doubt } = await classifier.classify(file);
    const reasons = doubt ? `, but not sure: ${doubt.map(({ text }) => text).join('; ')}` : '';
    log.textContent += `\n${file.name}: ${label} (${(100 * probability).toFixed(0)} %)${reasons}`;
  } catch (error) {
    log.textContent += `\n${file.name}: ${error.message}`;
  }
};

save.onclick = () => {
  const href = URL.createObjectURL(new Blob([encodeCheckpoint(classifier.saved)]));
  Object.assign(document.createElement('a'), { href, download: 'model.safetensors' }).click();
  URL.revokeObjectURL(href);
};
