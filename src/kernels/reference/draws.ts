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
] as const;

export type DrawName = (typeof NAMES)[number];

/** The draws of what comes in numbers start here. */
const FIRST_NODE = 64;

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

  #share(draw: number): number {
    return (mix(this.#hash + draw) >>> 8) * 2 ** -24;
  }
}
