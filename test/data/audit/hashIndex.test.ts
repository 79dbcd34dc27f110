import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { HashIndex, MAX_DISTANCE } from '#inkling/data/audit/hashIndex.js';
import { hammingDistance, type PerceptualHash } from '#inkling/data/audit/perceptualHash.js';

const random = new Random(1);

/** A hash that differs in this many bits. */
function changed([first, second]: PerceptualHash, bits: number): PerceptualHash {
  const words = [first, second] as [number, number];
  const order = new Random(random.uint32()).permutation(64);
  for (const bit of order.subarray(0, bits)) words[bit >> 5] ^= 1 << (bit & 31);
  return words;
}

test('finds the same hashes as a comparison with all', () => {
  const hashes = Array.from({ length: 300 }, (): PerceptualHash => [random.uint32(), random.uint32()]);
  for (let bits = 0; bits <= 12; bits++) {
    for (const hash of hashes.slice(0, 20)) hashes.push(changed(hash, bits));
  }
  const index = new HashIndex(hashes.length);
  hashes.forEach((hash) => {
    index.add(hash);
  });
  let matches = 0;
  for (const hash of hashes) {
    const expected = hashes
      .map((other, item) => ({ item, distance: hammingDistance(hash, other) }))
      .filter(({ distance }) => distance <= MAX_DISTANCE)
      .sort((a, b) => a.distance - b.distance || a.item - b.item);
    expect(index.find(hash)).toEqual(expected);
    matches += expected.length;
  }
  expect(matches).toBeGreaterThan(2 * 20 * 8);
});

test('finds nothing before something is added', () => {
  expect(new HashIndex(0).find([1, 2])).toEqual([]);
});
