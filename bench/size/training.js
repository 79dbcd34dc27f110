import { createDataset, fit, loadClassifier, preset } from 'inkling';

/** A page that also trains. */
globalThis.classify = async (model, image) => {
  const classifier = await loadClassifier(model);
  return classifier.classify(image);
};

globalThis.train = async (images) => {
  const dataset = await createDataset(images, { name: 'images', shape: [28, 28, 3] });
  const model = preset('deep-cnn', { input: dataset.shape, classes: dataset.classes.length });
  return fit({ model, dataset });
};
