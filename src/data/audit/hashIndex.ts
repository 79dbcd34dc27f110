import { hammingDistance, type PerceptualHash } from './perceptualHash.js';

/** Hashes that differ in at most this many bits are found. */
export const MAX_DISTANCE = 7;

const BANDS = 4;
const BAND_BITS = 16;
const BUCKETS = 1 << BAND_BITS;
/** What turns a band into itself, and into those that differ in one bit. */
const FLIPS = [0, ...Array.from({ length: BAND_BITS }, (_, bit) => 1 << bit)];

/** How many hashes are compared with one, which bounds the time for data sets whose images are all similar. */
const MAX_COMPARED = 10_000;

/** A hash that was found. */
export interface Match {
  /** The position at which it was added. */
  readonly item: number;
  /** The number of bits in which it differs. */
  readonly distance: number;
}

/**
 * Finds similar hashes without comparing all pairs: of two that differ in at most 7 bits, one of the 4 bands of 16 bits differs in
 * at most 1. Source: M. Norouzi et al., "Fast Search in Hamming Space with Multi-Index Hashing", CVPR 2012.
 */
export class HashIndex {
  readonly #words: Uint32Array;
  /** The item added last to each bucket of each band, or -1; and to each item of each band, the one added before it. */
  readonly #last = new Int32Array(BANDS * BUCKETS).fill(-1);
  readonly #previous: Int32Array;
  #count = 0;

  /** @param capacity the maximum number of hashes */
  constructor(capacity: number) {
    this.#words = new Uint32Array(2 * capacity);
    this.#previous = new Int32Array(BANDS * capacity);
  }

  add(hash: PerceptualHash): void {
    const item = this.#count++;
    this.#words.set(hash, 2 * item);
    for (let band = 0; band < BANDS; band++) {
      const bucket = band * BUCKETS + bandOf(hash, band);
      this.#previous[BANDS * item + band] = this.#last[bucket];
      this.#last[bucket] = item;
    }
  }

  /**
   * The hashes that differ in at most `MAX_DISTANCE` bits, the most similar first, and of these the one added first; if very many share a
   * band, not all of them.
   */
  find(hash: PerceptualHash): Match[] {
    const found = new Map<number, number>();
    let compared = 0;
    for (let band = 0; band < BANDS; band++) {
      const value = bandOf(hash, band);
      for (const flip of FLIPS) {
        let item = this.#last[band * BUCKETS + (value ^ flip)];
        for (; item !== -1 && compared < MAX_COMPARED; item = this.#previous[BANDS * item + band]) {
          compared += 1;
          const distance = hammingDistance(hash, [this.#words[2 * item], this.#words[2 * item + 1]]);
          if (distance <= MAX_DISTANCE) found.set(item, distance);
        }
      }
    }
    return Array.from(found, ([item, distance]) => ({ item, distance })).sort(
      (a, b) => a.distance - b.distance || a.item - b.item,
    );
  }
}

function bandOf(hash: PerceptualHash, band: number): number {
  return (hash[band >> 1] >>> (BAND_BITS * (band & 1))) & (BUCKETS - 1);
}
