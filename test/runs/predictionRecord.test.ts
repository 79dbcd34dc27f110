import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { split } from '#inkling/data/split.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel } from '#inkling/predict/load.js';
import type { PredictionRecord } from '#inkling/runs/predictionRecord.js';
import { recordPredictions } from '#inkling/runs/recordPredictions.js';
import { readPredictionRecord } from '#inkling/runs/readRun.js';
import { temporaryFolder } from '../data/tinySet.js';
import { run, runDataset as dataset, sharedFolder } from '../helpers/run.js';
import { rewriteRecord } from './rewrite.js';

const { train, test: testSet, classes } = dataset;
const PIXELS = 8 * 8;
const pixelsOf = (images: Uint8Array, image: number) => [
  ...images.subarray(image * PIXELS, (image + 1) * PIXELS),
];
const countOf = (label: number, labels: ArrayLike<number>) =>
  Array.from(labels).filter((each) => each === label).length;

let folder: string;
let record: PredictionRecord;
let confusion: readonly (readonly number[])[];
beforeAll(async () => {
  // One training step, after which some predictions are correct and some incorrect.
  const finished = await run(sharedFolder(), { epochs: 1, batchSize: 90, learningRate: 0.0001 });
  folder = finished.folder;
  record = readPredictionRecord(folder);
  confusion = finished.summary.test?.confusion ?? [];
});

test('counts the images of each class in each part', () => {
  const labelsOf = (part: Uint32Array) => Array.from(part, (image) => train.labels[image]);
  const parts = split(train.labels.length, 42);
  expect(record.classCounts).toEqual({
    train: classes.map((_, label) => countOf(label, labelsOf(parts.train))),
    validation: classes.map((_, label) => countOf(label, labelsOf(parts.validation))),
    test: classes.map((_, label) => countOf(label, testSet.labels)),
  });
});

test('contains eight training images of each class', () => {
  expect(record.samples.map(({ label }) => label)).toEqual(
    [0, 1, 2].flatMap((label) => new Array<number>(8).fill(label)),
  );
  const learned = Array.from(split(train.labels.length, 42).train);
  for (const { label, pixels } of record.samples) {
    const found = learned.filter((image) => pixelsOf(train.images, image).join() === [...pixels].join());
    expect(found.map((image) => train.labels[image])).toEqual([label]);
  }
});

test('contains every prediction, consistent with the confusion matrix', () => {
  expect([...record.labels]).toEqual([...testSet.labels]);
  const counted = classes.map(() => classes.map(() => 0));
  record.labels.forEach((label, image) => counted[label][record.predictions[image]]++);
  expect(counted).toEqual(confusion);
});

test('contains examples of correct predictions per class and of errors per pair of classes, the most confident first', async () => {
  const compiled = await CompiledModel.create(readSavedModel(folder));
  for (const { image, pixels, probabilities } of record.examples) {
    expect([...pixels]).toEqual(pixelsOf(testSet.images, image));
    const answer = Array.from(
      compiled.runSync(Float32Array.from(pixels, (byte) => byte / 255)).probabilities,
    );
    expect(probabilities).toEqual(answer);
    expect(answer.indexOf(Math.max(...answer))).toBe(record.predictions[image]);
  }
  const isRight = ({ image }: { image: number }) => record.predictions[image] === testSet.labels[image];
  const kept = confusion.map((row) => row.map(() => 0));
  for (const { image } of record.examples) kept[testSet.labels[image]][record.predictions[image]]++;
  expect(kept).toEqual(confusion.map((row, y) => row.map((count, x) => Math.min(count, x === y ? 4 : 8))));

  const mistakes = record.examples.filter((answer) => !isRight(answer));
  expect(mistakes.length).toBeGreaterThan(1);
  const confidences = mistakes.map(({ probabilities }) => Math.max(...probabilities));
  expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
});

test('contains fewer images if they are large, half of them errors', () => {
  const images = 60;
  const labels = Uint8Array.from({ length: images }, (_, image) => image % 3);
  const large = { images: new Uint8Array(images * 512 * 512), labels };
  const predictions = Int32Array.from(labels, (label, image) => (image < 30 ? label : (label + 1) % 3));
  const gathered = recordPredictions(
    { ...dataset, shape: [512, 512, 1], train: large, test: large },
    split(images, 42),
    {
      losses: new Float32Array(images),
      predictions,
      probabilities: Float32Array.from({ length: images * 3 }, (_, at) =>
        at % 3 === predictions[Math.floor(at / 3)] ? 1 : 0,
      ),
    },
  );
  expect(gathered.samples).toEqual([]);
  expect(gathered.examples).toHaveLength(24);
  const right = gathered.examples.filter(({ image }) => image < 30).map(({ image }) => labels[image]);
  expect(right).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
});

test('is rejected if it is missing, has another format, or is damaged', () => {
  const empty = temporaryFolder();
  expect(() => readPredictionRecord(empty)).toThrow(
    new InklingError(
      `run "${empty}" has no predictions.json, which a report requires; it was written by another version of Inkling: train again`,
    ),
  );
  const file = join(empty, 'predictions.json');
  const text = readFileSync(join(folder, 'predictions.json'), 'utf8');
  writeFileSync(
    file,
    rewriteRecord(text, (json) => json.replace('"format":2', '"format":1')),
  );
  expect(() => readPredictionRecord(empty)).toThrow(
    new InklingError(
      `${file}: expected format 2, got 1; use the version of Inkling that wrote it, or train again`,
    ),
  );
  writeFileSync(
    file,
    rewriteRecord(text, (json) => json.replace('"predictions":"', '"predictions":"!')),
  );
  expect(() => readPredictionRecord(empty)).toThrow(`${file}: predictions: `);
  writeFileSync(file, text.replace('"labels":"', '"labels":"AAAA'));
  expect(() => readPredictionRecord(empty)).toThrow(`${file}: damaged: expected the checksum "crc32:`);
});
