import { generateDigits } from '#inkling/index.js';
import { collectDigits, DIGIT_COUNT } from '../../../src/lab/data/digits.js';

/** The built-in digits of the lab. */
export function builtInDigits() {
  const { train, classes } = generateDigits({ seed: 0, train: DIGIT_COUNT, test: 1 });
  return collectDigits({ ...train, classes });
}
