import { mix } from './hash.js';

/** The random numbers of an image. Each has a fixed index, so that a new one does not change the others. */
const NAMES = [
  'shiftDown',
  'shiftRight',
  'rotate',
  'scale',
  'shear',
  'cropDown',
  'cropRight',
  'flip',
  'brightness',
  'contrast',
  'eraseDown',
  'eraseRight',
  'mixKind',
  'boxDown',
  'boxRight',
  'partArea',
  'partRatio',
  'partDown',
  'partRight',
  'saturation',
  'hue',
] as const;

export type DrawName = (typeof NAMES)[number];

/** The index of a random number. */
export function drawOf(name: DrawName): number {
  return NAMES.indexOf(name);
}

/** The first indices of repeated draws. */
export const FIRST_CHANGE = 24;
export const FIRST_TRY = 32;
export const FIRST_NODE = 64;

/** The maximum number of attempts to draw from Beta; if half of the attempts fail, all of them fail once in 65,536 images. */
export const MAX_TRIES = 16;

/** The random numbers of one image of one step: hashes of the step's seed, the image's index in the batch and the draw. */
export class Draws {
  readonly #hash: number;

  /** @param item the index of the image in the batch */
  constructor(seed: number, item: number) {
    this.#hash = mix(mix(seed) + item);
  }

  /** A number in [0, 1), of 24 bits. */
  share(name: DrawName): number {
    return this.#share(drawOf(name));
  }

  /** A number in [-1, 1). */
  signed(name: DrawName): number {
    return 2 * this.share(name) - 1;
  }

  /** An integer from `-maximum` to `maximum`. */
  integer(name: DrawName, maximum: number): number {
    return Math.floor(this.share(name) * (2 * maximum + 1)) - maximum;
  }

  /** One of `kinds` changes, and its sign. */
  change(index: number, kinds: number): readonly [kind: number, sign: 1 | -1] {
    const choice = Math.floor(this.#share(FIRST_CHANGE + index) * 2 * kinds);
    return [choice >> 1, (choice & 1) === 1 ? 1 : -1];
  }

  /** A number in [-1, 1), one for each node of the grid and each axis. */
  node(index: number): number {
    return 2 * this.#share(FIRST_NODE + index) - 1;
  }

  /**
   * A number from the distribution Beta(alpha, alpha), with alpha at most 1. Source: M. D. Jöhnk, "Erzeugung von
   * betaverteilten und gammaverteilten Zufallszahlen", Metrika 8, 1964.
   */
  beta(alpha: number): number {
    let share = 0.5;
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const [a, b] = [0, 1].map((i) => this.#share(FIRST_TRY + 2 * attempt + i) ** (1 / alpha));
      if (a + b > 0) share = a / (a + b);
      if (a + b > 0 && a + b <= 1) break;
    }
    return share;
  }

  #share(draw: number): number {
    return (mix(this.#hash + draw) >>> 8) * 2 ** -24;
  }
}
