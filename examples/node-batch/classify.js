// Classifies all images in a folder, and prints a table: node classify.js FOLDER > classes.csv
import { fileURLToPath } from 'node:url';
import { loadClassifier } from 'inkling';
import { findImageFiles } from 'inkling/node';

const model = fileURLToPath(import.meta.resolve('inkling/pretrained/report-cnn-mnist.safetensors'));
const [, , folder = '.'] = process.argv;

const classifier = await loadClassifier(model);
const { files } = await findImageFiles([folder]);
const paths = files.map(({ file }) => file);
const results = await classifier.classifyMany(paths);
await classifier.close();

const quote = (text) => `"${text.replaceAll('"', '""')}"`;
console.log('file,label,probability,doubt');
results.forEach(({ classification, error }, i) => {
  if (error) return console.error(`${paths[i]}: ${error.message}`);
  const { label, probability, doubt = [] } = classification;
  console.log(
    [quote(paths[i]), label, probability.toFixed(4), doubt.map(({ code }) => code).join(' ')].join(','),
  );
});
