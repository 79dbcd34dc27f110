import { toUnitFloats } from '#inkling/core/pixels.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { type LabeledImages, loadAllImages } from '../datasetImages.js';
import { loadRunModel } from '../pageModel.js';

/** The test images of a run, with what its best network answers to each; it runs in the page. */
export interface TestPredictions {
  readonly images: LabeledImages;
  /** `[images]`: the class it takes each for, and how sure it is. */
  readonly predicted: Uint8Array;
  readonly confidence: Float32Array;
}

/** Images that are read between two frames. */
const BATCH = 256;
/** Test sets of runs looked at last are kept. */
const KEPT = 2;

const kept = new Map<string, Promise<TestPredictions>>();

export function testPredictionsOf(
  run: string,
  summary: NonNullable<Run['summary']>,
): Promise<TestPredictions> {
  const known = kept.get(run);
  if (known) return known;
  const answers = read(run, summary);
  kept.set(run, answers);
  answers.catch(() => kept.delete(run));
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
  return answers;
}

async function read(run: string, summary: NonNullable<Run['summary']>): Promise<TestPredictions> {
  const [reader, images] = await Promise.all([
    loadRunModel(run, summary.calibration),
    loadAllImages(summary.dataset.name, 'test'),
  ]);
  const count = images.labels.length;
  const imageSize = images.pixels.length / count;
  const predicted = new Uint8Array(count);
  const confidence = new Float32Array(count);
  const classes = reader.classes.length;
  for (let first = 0; first < count; first += BATCH) {
    const bytes = images.pixels.subarray(first * imageSize, (first + BATCH) * imageSize);
    const logits = reader.classifier.logits(toUnitFloats(bytes));
    for (let at = 0; at < logits.length / classes; at++) {
      const { probabilities, ranking } = reader.predictionOf(
        logits.subarray(at * classes, (at + 1) * classes),
      );
      predicted[first + at] = ranking[0];
      confidence[first + at] = probabilities[ranking[0]];
    }
    // The page stays alive in between.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { images, predicted, confidence };
}
