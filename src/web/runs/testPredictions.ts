import { useEffect, useState } from 'preact/hooks';
import { toUnitFloats } from '#inkling/core/pixels.js';
import type { RunSummary } from '#inkling/runs/runSummary.js';
import { type Loaded, useLoaded } from '../api.js';
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

/** How many of the test images are loaded, or classified after that. */
export interface TestProgress {
  readonly step: 'load' | 'classify';
  readonly done: number;
  readonly total: number;
}

type Watcher = (progress: TestProgress) => void;

/** Images that are classified between two frames. */
const BATCH_SIZE = 256;
/** Number of runs whose predictions stay in memory. */
const MAX_CACHED = 2;

const cached = new Map<string, TestPredictionJob>();

/** The predictions of a run, and how far they are until then. */
export function useTestPredictions(
  run: string,
  summary: RunSummary,
): { readonly predictions: Loaded<TestPredictions>; readonly progress: TestProgress | undefined } {
  const predictions = useLoaded(run, () => jobOf(run, summary).predictions);
  const [progress, setProgress] = useState<TestProgress>();
  // After the effect of useLoaded, which starts the job.
  useEffect(() => cached.get(run)?.watch(setProgress), [run]);
  return { predictions, progress };
}

function jobOf(run: string, summary: RunSummary): TestPredictionJob {
  const job = cached.get(run) ?? new TestPredictionJob(run, summary);
  cached.set(run, job);
  job.predictions.catch(() => cached.delete(run));
  for (const oldest of [...cached.keys()].slice(0, -MAX_CACHED)) cached.delete(oldest);
  return job;
}

/** The classification of the test images of a run, which several galleries may wait for. */
class TestPredictionJob {
  readonly predictions: Promise<TestPredictions>;
  readonly #watchers = new Set<Watcher>();
  #progress: TestProgress;

  constructor(run: string, summary: RunSummary) {
    this.#progress = { step: 'load', done: 0, total: summary.dataset.test };
    this.predictions = predictTestImages(run, summary, (step, done) => {
      this.#progress = { ...this.#progress, step, done };
      for (const watcher of this.#watchers) watcher(this.#progress);
    });
  }

  /** @returns a function that ends it */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    watcher(this.#progress);
    return () => {
      this.#watchers.delete(watcher);
    };
  }
}

async function predictTestImages(
  run: string,
  { calibration, dataset }: RunSummary,
  onProgress: (step: TestProgress['step'], done: number) => void,
): Promise<TestPredictions> {
  const [model, images] = await Promise.all([
    loadRunModel(run, calibration),
    loadAllImages(dataset.name, 'test', run, (loaded) => {
      onProgress('load', loaded);
    }),
  ]);
  const count = images.labels.length;
  const imageSize = images.pixels.length / count;
  const predicted = new Uint16Array(count);
  const confidence = new Float32Array(count);
  for (let first = 0; first < count; first += BATCH_SIZE) {
    onProgress('classify', first);
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
