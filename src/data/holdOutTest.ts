import { formatCount } from '../core/format.js';
import { Random } from '../core/random.js';

/** The share of each class that is cut off, and the seed that says which. */
const TEST_SHARE = 0.2;
const TEST_SEED = 0;

/** Indices of images, each in exactly one of the two, in their order. */
export interface TestHoldOut {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** How the cut was made, for the record. */
  readonly note: string;
}

/**
 * Cuts a test part off images that have none: a fifth of each class, but at least one image of two or more. Which ones is
 * drawn anew for each class, so that pictures added to one do not move the others.
 */
export function holdOutTest(labels: Uint8Array, classes: number): TestHoldOut {
  const isTest = new Uint8Array(labels.length);
  for (let label = 0; label < classes; label++) {
    const images = [...labels.keys()].filter((image) => labels[image] === label);
    const count = images.length < 2 ? 0 : Math.max(1, Math.round(images.length * TEST_SHARE));
    const order = new Random(TEST_SEED).permutation(images.length);
    for (const place of order.subarray(0, count)) isTest[images[place]] = 1;
  }
  const [train, test] = [0, 1].map((part) =>
    Uint32Array.from([...labels.keys()].filter((image) => isTest[image] === part)),
  );
  const share = `${TEST_SHARE * 100} %`;
  return {
    train,
    test,
    note: `it has no test part: ${share} of each class, ${formatCount(test.length)} images, were cut off for it, drawn with seed ${TEST_SEED}`,
  };
}
