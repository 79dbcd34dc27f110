/** A class, and how likely the network takes it to be. */
export interface RankedClass {
  readonly class: string;
  /** A probability, from 0 to 1. */
  readonly confidence: number;
}

/**
 * The most likely classes of each image, best first.
 *
 * @param probabilities `[images, classes]`
 * @param classes their names
 * @param count how many an image
 */
export function rank(
  probabilities: Float32Array,
  classes: readonly string[],
  count: number,
): RankedClass[][] {
  const images = probabilities.length / classes.length;
  return Array.from({ length: images }, (_, image) =>
    classes
      .map((name, label) => ({ class: name, confidence: probabilities[image * classes.length + label] }))
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, count),
  );
}
