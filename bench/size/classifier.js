import { loadClassifier } from 'inkling';

/** A page that loads a model and classifies images of any kind. */
globalThis.classify = async (model, image) => {
  const classifier = await loadClassifier(model);
  return classifier.classify(image);
};
