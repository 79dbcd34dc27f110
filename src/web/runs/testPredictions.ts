import { toUnitFloats } from '#inkling/core/pixels.js';
import type { RunSummary } from '#inkling/runs/runSummary.js';
import { type LabeledImages, loadAllImages } from '../datasetImages.js';
import { loadRunModel } from '../pageModel.js';

/** The test images of a run with the predictions of its model, which are computed in the browser. */
export interface TestPredictions {
  readonly images: LabeledImages;
  /** `[images]`: the predicted label. */
  readonly predicted: Uint16Array;
  /** `[images]` */
  readonly confidence: Float32Array;
}

/** Images that are classified between two frames. */
const BATCH_SIZE = 256;
/** Number of runs whose predictions stay in memory. */
const MAX_CACHED = 2;

const cached = new Map<string, Promise<TestPredictions>>();

export function loadTestPredictions(run: string, summary: RunSummary): Promise<TestPredictions> {
  const known = cached.get(run);
  if (known) return known;
  const predictions = predictTestImages(run, summary);
  cached.set(run, predictions);
  predictions.catch(() => cached.delete(run));
  for (const oldest of [...cached.keys()].slice(0, -MAX_CACHED)) cached.delete(oldest);
  return predictions;
}

async function predictTestImages(
  run: string,
  { calibration, dataset }: RunSummary,
): Promise<TestPredictions> {
  const [model, images] = await Promise.all([
    loadRunModel(run, calibration),
    loadAllImages(dataset.name, 'test', run),
  ]);
  const count = images.labels.length;
  const imageSize = images.pixels.length / count;
  const predicted = new Uint16Array(count);
  const confidence = new Float32Array(count);
  for (let first = 0; first < count; first += BATCH_SIZE) {
    const bytes = images.pixels.subarray(first * imageSize, (first + BATCH_SIZE) * imageSize);
    model.predict(toUnitFloats(bytes)).forEach(({ probabilities, ranking: [label] }, i) => {
      predicted[first + i] = label;
      confidence[first + i] = probabilities[label];
    });
    // Lets the browser respond to the user in between.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { images, predicted, confidence };
}
