import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { option } from '../../core/optionName.js';
import { Random } from '../../core/random.js';
import type { Labels } from '../../data/classes.js';

/** How many images train, and which. */
export interface TrainingLimit {
  readonly limit: number;
  readonly seed: number;
  readonly setting?: string | undefined;
}

/**
 * The first images of an order of the training images in which the classes are distributed evenly: more images include all that fewer
 * select, each class has its share of them, and one of each class comes first. They keep their order, so that all images are the same as
 * without a limit.
 *
 * @param train indices of training images
 * @param limit with the seed that selects the images, and what error messages call it
 * @throws {InklingError} when there are fewer, or more classes
 */
export function limitTraining(
  train: Uint32Array,
  labels: Labels,
  { limit, seed, setting = option('trainLimit') }: TrainingLimit,
): Uint32Array {
  if (limit > train.length) {
    throw new InklingError(
      `${setting}: expected at most ${formatCount(train.length)}, the number of training images, got ${formatCount(limit)}; decrease it, or leave it out`,
    );
  }
  const classes = drawClasses(train, labels, seed);
  if (limit < classes.length) {
    throw new InklingError(
      `${setting}: expected at least ${formatCount(classes.length)}, one image of each class, got ${formatCount(limit)}; increase it`,
    );
  }
  // Sorting is stable, so that of equal shares the class that was drawn first comes first.
  const ranked = classes.flatMap((places) =>
    places.map((place, rank) => ({ place, share: rank / places.length })),
  );
  const chosen = ranked
    .sort((a, b) => a.share - b.share)
    .slice(0, limit)
    .map(({ place }) => place);
  return atPlaces(train, chosen);
}

/**
 * The same number of training images of each class, in their order: more images include all that fewer select.
 *
 * @param train indices of training images
 * @param limit the number of images of each class, with the seed that selects them
 * @throws {InklingError} when a class has fewer
 */
export function limitTrainingPerClass(
  train: Uint32Array,
  labels: Labels,
  { limit, seed }: Pick<TrainingLimit, 'limit' | 'seed'>,
): Uint32Array {
  const classes = drawClasses(train, labels, seed);
  const fewest = Math.min(...classes.map(({ length }) => length));
  if (limit > fewest) {
    throw new InklingError(
      `${option('trainLimitPerClass')}: expected at most ${formatCount(fewest)}, the number of training images of the rarest class, got ${formatCount(limit)}; decrease it, or leave it out`,
    );
  }
  return atPlaces(
    train,
    classes.flatMap((places) => places.slice(0, limit)),
  );
}

/** The places of the training images of each class, in random order; the class that was drawn first comes first. */
function drawClasses(train: Uint32Array, labels: Labels, seed: number): number[][] {
  const classes = new Map<number, number[]>();
  for (const place of new Random(seed).permutation(train.length)) {
    const label = labels[train[place]];
    const own = classes.get(label);
    if (own === undefined) classes.set(label, [place]);
    else own.push(place);
  }
  return [...classes.values()];
}

/** The training images at some places, in their order. */
function atPlaces(train: Uint32Array, places: readonly number[]): Uint32Array {
  const chosen = new Set(places);
  return train.filter((_, place) => chosen.has(place));
}
