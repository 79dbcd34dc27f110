import { formatCount } from '../core/format.js';
import { Random } from '../core/random.js';

/** The share of each class that is held out, and the seed that selects the images. */
const TEST_SHARE = 0.2;
const TEST_SEED = 0;

/** Indices of images in ascending order, each in exactly one of the two. */
export interface TestHoldOut {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** How the test set was made, for the record. */
  readonly note: string;
}

/**
 * Holds out a test set, stratified by class: a fifth of each class, but at least one image of a class with two or more. Each
 * class is sampled independently, so that adding images to one class does not change the selection in the others.
 */
export function holdOutTest(labels: Uint8Array, classes: number): TestHoldOut {
  const isTest = new Uint8Array(labels.length);
  for (let label = 0; label < classes; label++) {
    const images = [...labels.keys()].filter((image) => labels[image] === label);
    const count = images.length < 2 ? 0 : Math.max(1, Math.round(images.length * TEST_SHARE));
    const order = new Random(TEST_SEED).permutation(images.length);
    for (const position of order.subarray(0, count)) isTest[images[position]] = 1;
  }
  const [train, test] = [0, 1].map((part) =>
    Uint32Array.from([...labels.keys()].filter((image) => isTest[image] === part)),
  );
  const share = `${TEST_SHARE * 100} %`;
  return {
    train,
    test,
    note: `no test set: held out ${share} of each class, ${formatCount(test.length)} images, chosen with seed ${TEST_SEED}`,
  };
}
