/**
 * Changes 5 % of MNIST's training labels at random, several times, and saves how many of them `findLabelErrors` finds in
 * bench/results/label-errors.json. Requires a build, and MNIST in a folder that INKLING_DATA_DIR names.
 */
import { writeFileSync } from 'node:fs';
import { Random } from '#inkling/core/random.js';
import { findLabelErrors, loadDataset } from '#inkling/node.js';

const SEEDS = [0, 1, 2];
const FRACTION = 0.05;

const dataset = await loadDataset({ name: 'mnist' });
const { classes, train } = dataset;

/** The labels, of which a fraction is replaced by another class, each with the same probability, and the images whose labels these are. */
function changeLabels(seed) {
  const random = new Random(seed);
  const labels = Uint8Array.from(train.labels);
  const changed = random.permutation(labels.length).subarray(0, Math.round(FRACTION * labels.length));
  for (const image of changed) {
    labels[image] = (labels[image] + 1 + (random.uint32() % (classes.length - 1))) % classes.length;
  }
  return { labels, changed: new Set(changed) };
}

const runs = [];
let settings;
for (const seed of SEEDS) {
  const { labels, changed } = changeLabels(seed);
  const started = performance.now();
  const audit = await findLabelErrors({ ...dataset, train: { ...train, labels } });
  const right = audit.errors.filter(({ image }) => changed.has(image)).length;
  const { model, epochs, folds, learningRate, schedule } = audit.settings;
  settings = { model, epochs, folds, learningRate, schedule };
  runs.push({
    seed,
    changed: changed.size,
    found: audit.errors.length,
    recall: right / changed.size,
    precision: right / audit.errors.length,
    noise: audit.noise,
    seconds: (performance.now() - started) / 1000,
  });
  console.log(runs.at(-1));
}
const record = {
  command: 'node scripts/record-label-errors.js',
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  images: train.labels.length,
  settings,
  runs,
};
writeFileSync('bench/results/label-errors.json', `${JSON.stringify(record, null, 1)}\n`);
