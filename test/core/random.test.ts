import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';

test.each([0, 1, 623, 624, 1000])('resumes from a state saved after %i numbers', (count) => {
  const random = new Random(5);
  for (let i = 0; i < count; i++) random.uint32();
  const restored = Random.restore(random.save());
  const numbersOf = (stream: Random) => Array.from({ length: 700 }, () => stream.uint32());
  expect(numbersOf(restored)).toEqual(numbersOf(random));
});
