import { describe, expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { balancedOrder, sequentialOrder, shuffledOrder } from '#inkling/data/batches.js';
import { countClasses } from '#inkling/data/classes.js';
import { digest, golden } from '../helpers/golden.js';

const trainCount = 54_000;
const validationCount = 6_000;

/** PyTorch's default generator after drawing the initial weights of the report's CNN, one draw per weight. */
function generatorAfterWeights(seed: number): Random {
  const generator = new Random(seed);
  const conv1 = 16 * 9 + 16;
  const conv2 = 32 * 16 * 9 + 32;
  const fc = 10 * 2048 + 10;
  for (let i = 0; i < conv1 + conv2 + fc; i++) generator.uint32();
  return generator;
}

test('shuffles the first epoch like PyTorch with seed 0', () => {
  const order = shuffledOrder(generatorAfterWeights(0), trainCount);
  // Result of PyTorch 1.13.
  expect([...order.subarray(0, 20)]).toEqual([
    1062, 24979, 21618, 41905, 48781, 32503, 46435, 10475, 48006, 49611, 4323, 36333, 24160, 41906, 9154,
    22922, 18410, 44728, 30094, 17309,
  ]);
});

test('a loader without shuffling preserves the order and advances the generator by one 64-bit draw', () => {
  const generator = new Random(5);
  const other = new Random(5);
  expect([...sequentialOrder(generator, 4)]).toEqual([0, 1, 2, 3]);
  other.uint64();
  expect(generator.uint64()).toBe(other.uint64());
});

test('a shuffling loader advances the generator by two 64-bit draws, regardless of the number of items', () => {
  const [few, many, other] = [new Random(5), new Random(5), new Random(5)];
  shuffledOrder(few, 3);
  shuffledOrder(many, 3000);
  other.uint64();
  other.uint64();
  const next = other.uint64();
  expect([few.uint64(), many.uint64()]).toEqual([next, next]);
});

// Results of PyTorch 2.15 with DataLoader(…, sampler=WeightedRandomSampler((1 / bincount(labels).double())[labels], len(labels))).
describe('balanced sampling', () => {
  test('draws the items that PyTorch’s WeightedRandomSampler draws, in each epoch', () => {
    const labels = Uint8Array.from({ length: 20 }, (_, i) => (i < 12 ? 0 : i < 17 ? 1 : 2));
    const generator = new Random(7);
    const orders = [0, 1].map(() => {
      const order = [...balancedOrder(generator, labels)];
      sequentialOrder(generator, labels.length);
      return order;
    });
    expect(orders).toEqual([
      [9, 18, 16, 19, 18, 10, 15, 17, 17, 2, 2, 6, 1, 4, 18, 0, 19, 3, 19, 19],
      [11, 19, 17, 19, 18, 5, 19, 14, 3, 16, 17, 12, 2, 6, 2, 17, 12, 13, 19, 12],
    ]);
    expect(generator.uint64() & (2n ** 63n - 1n)).toBe(8468770628683399955n);
  });

  test('draws 20,000 items like PyTorch, about as many of each class', () => {
    const labels = Uint8Array.from({ length: 20_000 }, (_, i) => (i % 10 > 0 ? 0 : i % 30 > 0 ? 1 : 2));
    const order = balancedOrder(new Random(3), labels);
    expect(digest(order)).toBe('02dbfa5d174cd5fb261ed52e58e09382f3009e18402ddc0b038c87094b4f6138');
    expect(
      countClasses(
        order.map((item) => labels[item]),
        3,
      ),
    ).toEqual([6766, 6630, 6604]);
  });
});

test.for([0, 1, 2])('matches PyTorch’s complete order in all epochs with seed %i', (seed, { skip }) => {
  const record = golden(seed) ?? skip('no record of PyTorch’s run: INKLING_GOLDEN_DIR is not set');
  const generator = generatorAfterWeights(seed);
  const digests = record.epochs.map(() => {
    const order = shuffledOrder(generator, trainCount);
    sequentialOrder(generator, validationCount);
    return digest(order);
  });
  expect(digests).toHaveLength(5);
  expect(digests).toEqual(record.epochs.map((epoch) => epoch.order_sha256_u32le));
});
