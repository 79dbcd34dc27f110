import { type Collection, type ExampleClass, INPUTS } from '../data/collection.js';
import { partOf } from '../data/splits.js';

/** The first examples of each class. */
export function firstExamples(digits: Collection, perClass: number): Collection {
  return withClasses(digits, ({ examples }) => examples.slice(0, perClass));
}

/** The examples of each class are replaced by others, from all classes, at random but always the same. */
export function shuffleLabels(digits: Collection): Collection {
  const all = digits.classes.flatMap(({ examples }) => examples);
  const random = numbers();
  for (let i = all.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [all[i], all[other]] = [all[other], all[i]];
  }
  let taken = 0;
  return withClasses(digits, ({ examples: { length } }) => all.slice(taken, (taken += length)));
}

export function withoutClass(digits: Collection, className: string): Collection {
  return { ...digits, classes: digits.classes.filter((each) => each.name !== className) };
}

/** The directions in which one image after another is moved. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** The validation and test images are moved by a number of pixels, the training images are not. */
export function shiftHeldOut(digits: Collection, pixels: number): Collection {
  return withClasses(digits, ({ examples }) =>
    examples.map((example, i) => {
      if (partOf(i, digits.split) === 'train') return example;
      const [right, down] = DIRECTIONS[i % DIRECTIONS.length];
      return { ...example, pixels: shift(example.pixels, pixels * right, pixels * down) };
    }),
  );
}

/** A drawing, moved; what leaves the image is lost. */
export function shift(pixels: Uint8Array, right: number, down: number): Uint8Array {
  const [height, width] = INPUTS.drawing.shape;
  const moved = new Uint8Array(pixels.length);
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    for (let x = Math.max(0, right); x < Math.min(width, width + right); x++) {
      moved[y * width + x] = pixels[(y - down) * width + x - right];
    }
  }
  return moved;
}

function withClasses(
  digits: Collection,
  examplesOf: (own: ExampleClass) => ExampleClass['examples'],
): Collection {
  return { ...digits, classes: digits.classes.map((own) => ({ ...own, examples: examplesOf(own) })) };
}

/** Random numbers from 0 to 1, which look random: a linear congruential generator (Numerical Recipes). */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
