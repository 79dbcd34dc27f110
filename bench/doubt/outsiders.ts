import { Random } from '#inkling/core/random.js';
import type { ImageSet } from '#inkling/data/dataset.js';
import { drawSkeleton } from '#inkling/data/digits/generateDigits.js';
import { pixelsOf } from '#inkling/data/imageSet.js';
import { drawClothing } from './clothing.js';
import { type Drawings, HELD_OUT_CHARACTERS, LETTERS, OTHER_CHARACTERS, SYMBOLS } from './drawings.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const COUNT = 1000;

/** Images that show no digit, or two, by name; the same seed gives the same images. */
export function outsiders(seed: number, digits: ImageSet): Record<string, Uint8Array> {
  return {
    letters: draw(LETTERS, seed),
    symbols: draw(SYMBOLS, seed + 100),
    'other characters': draw(OTHER_CHARACTERS, seed + 500),
    'held-out characters': draw(HELD_OUT_CHARACTERS, seed + 600),
    clothing: drawClothing(COUNT, seed + 200),
    noise: noise(seed + 300),
    'two digits': pairs(digits, seed + 400),
  };
}

function draw(drawings: Drawings, seed: number): Uint8Array {
  const random = new Random(seed);
  const each = Object.values(drawings);
  const images = new Uint8Array(COUNT * PIXELS);
  for (let i = 0; i < COUNT; i++) {
    drawSkeleton(each[i % each.length], random, images.subarray(i * PIXELS, (i + 1) * PIXELS));
  }
  return images;
}

/** Smooth noise: the mean of uniform noise over squares of 1×1 to 5×5 pixels, with its contrast restored. */
function noise(seed: number): Uint8Array {
  const random = new Random(seed);
  const images = new Uint8Array(COUNT * PIXELS);
  for (let i = 0; i < COUNT; i++) {
    const reach = i % 5;
    const raw = Array.from({ length: (SIDE + 4) ** 2 }, () => random.uniform(-1, 1));
    for (let at = 0; at < PIXELS; at++) {
      let sum = 0;
      for (let y = 0; y <= reach; y++) {
        for (let x = 0; x <= reach; x++) {
          sum += raw[(Math.floor(at / SIDE) + y) * (SIDE + 4) + (at % SIDE) + x];
        }
      }
      images[i * PIXELS + at] = Math.round(Math.min(255, Math.max(0, 128 + (150 * sum) / (reach + 1))));
    }
  }
  return images;
}

/** Two digits side by side, each at half its size. */
function pairs(set: ImageSet, seed: number): Uint8Array {
  const random = new Random(seed);
  const count = set.labels.length;
  const images = pixelsOf(set.images, PIXELS, 0, count);
  const both = new Uint8Array(COUNT * PIXELS);
  for (let i = 0; i < COUNT; i++) {
    for (let half = 0; half < 2; half++) {
      const from = Math.floor(random.uniform(0, count)) * PIXELS;
      for (let y = 0; y < SIDE / 2; y++) {
        for (let x = 0; x < SIDE / 2; x++) {
          const [a, b] = [from + 2 * y * SIDE + 2 * x, from + (2 * y + 1) * SIDE + 2 * x];
          const mean = (images[a] + images[a + 1] + images[b] + images[b + 1]) / 4;
          both[i * PIXELS + (y + SIDE / 4) * SIDE + (half * SIDE) / 2 + x] = Math.round(mean);
        }
      }
    }
  }
  return both;
}
