import { sizeOf } from '../core/shape.js';
import { countParts } from '../data/countParts.js';
import type { Dataset } from '../data/dataset.js';
import { pixelsOf } from '../data/imageSet.js';
import { toLabels } from '../data/classes.js';
import type { Split } from '../data/split.js';
import type { ScoredImages } from '../predict/score.js';
import type { PredictionRecord, RecordedPrediction, Sample } from './predictionRecord.js';

/** Limits that keep the file small for any data set; of large images, `MIN_EXAMPLES` are kept anyway. */
const MAX_SAMPLES_PER_CLASS = 8;
const MAX_CORRECT_PER_CLASS = 4;
const MAX_ERRORS_PER_PAIR = 8;
const MAX_ERRORS = 400;
const MAX_SAMPLE_BYTES = 2 ** 18;
const MAX_PREDICTION_BYTES = 2 ** 19;
const MIN_EXAMPLES = 24;
/** Four bytes each: all of CIFAR-100. */
const MAX_PROBABILITIES = 2 ** 20;

/**
 * Selects the images and predictions that a report shows.
 *
 * @param scores of the run's model on the test images
 */
export function recordPredictions(dataset: Dataset, split: Split, scores: ScoredImages): PredictionRecord {
  const { test } = dataset;
  return {
    classCounts: countParts(dataset, split),
    samples: samplesOf(dataset, split.train),
    labels: test.labels,
    predictions: toLabels(scores.predictions, dataset.classes.length),
    ...(scores.probabilities.length <= MAX_PROBABILITIES && { probabilities: scores.probabilities }),
    examples: examplesOf(dataset, scores),
  };
}

/** The first training images of each class, in the random order of the split. */
function samplesOf({ train, classes, shape }: Dataset, part: Uint32Array): Sample[] {
  const fitting = Math.floor(MAX_SAMPLE_BYTES / (sizeOf(shape) * classes.length));
  return classes.flatMap((_, label) =>
    firstOf(part, Math.min(MAX_SAMPLES_PER_CLASS, fitting), (image) => train.labels[image] === label).map(
      (image) => ({ label, pixels: pixelsOf(train.images, sizeOf(shape), image).slice() }),
    ),
  );
}

function examplesOf(
  { test, classes, shape }: Dataset,
  { predictions, probabilities }: ScoredImages,
): RecordedPrediction[] {
  const { length: count } = classes;
  const probabilitiesOf = (image: number) => probabilities.subarray(image * count, (image + 1) * count);
  const fitting = Math.max(MIN_EXAMPLES, Math.floor(MAX_PREDICTION_BYTES / sizeOf(shape)));
  // The other half is for errors.
  const half = Math.floor(fitting / 2);
  const correctPerClass = Math.min(MAX_CORRECT_PER_CLASS, Math.max(1, Math.floor(half / count)));
  const images = [...test.labels.keys()];
  const right = classes
    .flatMap((_, label) =>
      firstOf(
        images,
        correctPerClass,
        (image) => test.labels[image] === label && predictions[image] === label,
      ),
    )
    .slice(0, half);
  const confidences = images.map((image) => Math.max(...probabilitiesOf(image)));
  const errors = images
    .filter((image) => predictions[image] !== test.labels[image])
    .sort((a, b) => confidences[b] - confidences[a]);
  const seen = new Map<number, number>();
  const kept = errors.filter((image) => {
    const pair = test.labels[image] * classes.length + predictions[image];
    seen.set(pair, (seen.get(pair) ?? 0) + 1);
    return (seen.get(pair) ?? 0) <= MAX_ERRORS_PER_PAIR;
  });
  return [...right, ...kept.slice(0, Math.min(MAX_ERRORS, fitting - right.length))].map((image) => ({
    image,
    pixels: pixelsOf(test.images, sizeOf(shape), image).slice(),
    probabilities: Array.from(probabilitiesOf(image)),
  }));
}

function firstOf(images: Iterable<number>, count: number, isWanted: (image: number) => boolean): number[] {
  const found: number[] = [];
  for (const image of images) {
    if (found.length === count) break;
    if (isWanted(image)) found.push(image);
  }
  return found;
}
