import { mix } from './hash.js';

/** What is drawn for an image, each in a place of its own: so that adding a change shifts no draw of another. */
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
] as const;

type DrawName = (typeof NAMES)[number];

/** Where the draws of what comes in numbers start. */
const FIRST_TRY = 32;
const FIRST_NODE = 64;

/** How often Beta is tried: all fail once in 65,536 images where half of the tries do. */
const TRIES = 16;

/** The random numbers of one image of one step: a hash of the step's seed, the image's place in the batch and the draw. */
export class Draws {
  readonly #hash: number;

  /** @param item the image's place in the batch */
  constructor(seed: number, item: number) {
    this.#hash = mix(mix(seed) + item);
  }

  /** From 0 to below 1, 24 bits of it. */
  share(name: DrawName): number {
    return this.#share(NAMES.indexOf(name));
  }

  /** From -1 to below 1. */
  signed(name: DrawName): number {
    return 2 * this.share(name) - 1;
  }

  /** A whole number from `-largest` to `largest`. */
  whole(name: DrawName, largest: number): number {
    return Math.floor(this.share(name) * (2 * largest + 1)) - largest;
  }

  /** From -1 to below 1, one for each node of a grid and each direction. */
  node(index: number): number {
    return 2 * this.#share(FIRST_NODE + index) - 1;
  }

  /**
   * A number from 0 to 1 of the distribution Beta(alpha, alpha), with alpha at most 1. Source: M. D. Jöhnk, "Erzeugung von
   * betaverteilten und gammaverteilten Zufallszahlen", Metrika 8, 1964.
   */
  beta(alpha: number): number {
    let share = 0.5;
    for (let attempt = 0; attempt < TRIES; attempt++) {
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
