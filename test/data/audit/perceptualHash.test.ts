import { expect, test } from 'vitest';
import {
  hammingDistance,
  type PerceptualHash,
  perceptualHasher,
} from '#inkling/data/audit/perceptualHash.js';

const pattern = (height: number, width: number) =>
  Float32Array.from({ length: height * width }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return (x * x * 7 + y * 31 + x * y * 3) % 256;
  });

const bitsOf = (hash: PerceptualHash) =>
  Array.from({ length: 64 }, (_, bit) => (hash[bit >> 5] >>> (bit & 31)) & 1).join('');

/** Coefficients of `scipy.fft.dct` in both directions, compared with their median. */
test.each([
  [32, 32, '1011000111010111101010111100110100010101111000110001010100000001'],
  [40, 36, '1011100111100011010101111100010101000110100100100010000101010111'],
])('hashes of images of %i×%i are those of SciPy', (height, width, bits) => {
  expect(bitsOf(perceptualHasher(height, width)(pattern(height, width)))).toBe(bits);
});

test('brightness and contrast do not change the hash', () => {
  const hash = perceptualHasher(32, 32);
  const image = pattern(32, 32);
  const brighter = image.map((value) => 0.5 * value + 90);
  expect(hash(brighter)).toEqual(hash(image));
});

test('the distance is the number of bits that differ', () => {
  expect(hammingDistance([0, 0], [0, 0])).toBe(0);
  expect(hammingDistance([-1, 0], [0, -1])).toBe(64);
  expect(hammingDistance([1 << 31, 0b1011], [0, 0b0001])).toBe(3);
});
