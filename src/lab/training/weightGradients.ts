import { DivergedError, fit, imageOf, type SavedModel, type Weights } from '#inkling/index.js';
import { countTraining, setOf, type SplitExamples } from '../data/splitExamples.js';

/** The gradients of the mean loss of some images with respect to the weights of a network. */
export interface WeightGradients {
  readonly images: number;
  /** By the names of the weights. */
  readonly values: Weights;
}

/** As many images, unless there are more classes. */
const IMAGES = 64;
/**
 * The learning rates of the step, powers of 2, by which division is exact. The larger, the more digits of a gradient the changed weights
 * have; but with a large one, a network may diverge.
 */
const RATES: readonly number[] = [2 ** 10, 1, 2 ** -10];

/**
 * Computes the gradients of the weights for the first training images of each class, as in training: with dropout, and normalized by the
 * mean and the variance of these images. A step of plain gradient descent on all of them changes each weight by its gradient times the
 * learning rate.
 *
 * @param signal abandons it; the result is undefined then
 * @returns 'diverged' if the network diverges with every learning rate, since its loss is infinite or not a number
 */
export async function weightGradients(
  saved: SavedModel,
  dataset: SplitExamples,
  signal: AbortSignal,
): Promise<WeightGradients | 'diverged' | undefined> {
  const batch = batchOf(dataset);
  const images = countTraining(batch);
  for (const rate of RATES) {
    if (signal.aborted) return undefined;
    const changed = await afterStep(saved, batch, rate, signal);
    if (changed === undefined) continue;
    const values = new Map(
      [...saved.weights].map(([name, before]) => {
        const after = changed.get(name);
        return [name, before.map((weight, i) => (weight - (after?.[i] ?? NaN)) / rate)] as const;
      }),
    );
    return { images, values };
  }
  return signal.aborted ? undefined : 'diverged';
}

/** The weights after one step of gradient descent on all training images; undefined if the network diverges, or it was abandoned. */
async function afterStep(
  { model, weights, batches }: SavedModel,
  dataset: SplitExamples,
  learningRate: number,
  signal: AbortSignal,
): Promise<Weights | undefined> {
  const stop = new AbortController();
  const abandon = () => {
    stop.abort();
  };
  signal.addEventListener('abort', abandon);
  let after: Weights | undefined;
  try {
    await fit({
      model,
      dataset,
      backbone: { weights, batches },
      settings: {
        epochs: 1,
        batchSize: countTraining(dataset),
        optimizer: 'sgd',
        momentum: 0,
        learningRate,
      },
      signal: stop.signal,
      onCheckpoint(_, saved) {
        after ??= saved.weights;
        // What follows measures the network.
        stop.abort();
      },
    });
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error;
  } finally {
    signal.removeEventListener('abort', abandon);
  }
  return after;
}

/** The first training images of each class, as a data set that has one image of each for validation and testing. */
function batchOf(dataset: SplitExamples): SplitExamples {
  const { classes } = dataset;
  const labels = [...dataset.train.labels].slice(0, countTraining(dataset));
  const seen = classes.map(() => 0);
  const chosen = labels
    .map((label, i) => ({ label, i, rank: seen[label]++ }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, Math.max(IMAGES, classes.length))
    .map(({ label, i }) => ({ label, pixels: imageOf(dataset, 'train', i).pixels }));
  const ofEachClass = chosen.slice(0, classes.length);
  return {
    ...dataset,
    train: setOf([...chosen, ...ofEachClass]),
    validationCount: classes.length,
    test: setOf(ofEachClass),
  };
}
