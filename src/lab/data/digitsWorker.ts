/** Generates the built-in digits, which takes a second, in a worker. */
import { type Dataset, generateDigits } from '#inkling/index.js';

export interface GeneratedDigits {
  /** `[count, 28, 28]` */
  readonly images: Uint8Array;
  /** `[count]` */
  readonly labels: Dataset['train']['labels'];
  readonly classes: readonly string[];
}

/** All classes get the same digits on every device. */
const SEED = 0;

onmessage = ({ data: count }: MessageEvent<number>) => {
  const { train, classes } = generateDigits({ seed: SEED, train: count, test: 1 });
  postMessage({ ...train, classes } satisfies GeneratedDigits);
};
