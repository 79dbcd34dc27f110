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
  const members = new Map<number, number[]>();
  for (const place of new Random(seed).permutation(train.length)) {
    const label = labels[train[place]];
    const own = members.get(label);
    if (own === undefined) members.set(label, [place]);
    else own.push(place);
  }
  if (limit < members.size) {
    throw new InklingError(
      `${setting}: expected at least ${formatCount(members.size)}, one image of each class, got ${formatCount(limit)}; increase it`,
    );
  }
  // Sorting is stable, so that of equal shares the class that was drawn first comes first.
  const ranked = [...members.values()].flatMap((places) =>
    places.map((place, rank) => ({ place, share: rank / places.length })),
  );
  const chosen = new Set(
    ranked
      .sort((a, b) => a.share - b.share)
      .slice(0, limit)
      .map(({ place }) => place),
  );
  return train.filter((_, place) => chosen.has(place));
}
