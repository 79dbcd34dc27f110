import { describe, expect, test } from 'vitest';
import { checkImages } from '#inkling/predict/checkImages.js';
import { InvalidInputError } from '#inkling/core/errors.js';

const SHAPE = [2, 2, 1];
const check = (images: unknown) => checkImages(images as Float32Array, SHAPE, 'm');

test('counts images of floats and of bytes', () => {
  expect(check(new Float32Array(12))).toBe(3);
  expect(check(new Uint8Array(4).fill(255))).toBe(1);
  expect(check(Buffer.alloc(8))).toBe(2);
});

test('allows rounding errors', () => {
  expect(check(Float32Array.of(0, 1, 1.000_001, -0.000_001))).toBe(1);
});

describe.each<[what: string, images: unknown, message: string]>([
  [
    'NaN',
    Float32Array.of(0, NaN, 0, 0),
    'm: expected pixels from 0 to 1, got NaN at index 1; find the calculation that made it, such as a division by 0',
  ],
  [
    'an infinity',
    Float32Array.of(0, 0, 0, -Infinity),
    'm: expected pixels from 0 to 1, got -Infinity at index 3; find the calculation that made it, such as a division by 0',
  ],
  [
    'bytes as floats',
    Float32Array.of(0, 254, 3, 0),
    'm: expected pixels from 0 to 1, got 254 at index 1; divide bytes by 255, or pass them as a Uint8Array',
  ],
  [
    'standardized pixels',
    Float32Array.of(-0.5, 2.5, 0, 0),
    'm: expected pixels from 0 to 1, got -0.5 at index 0; pass the pixels themselves, without subtracting a mean or dividing by a standard deviation',
  ],
  [
    'a wrong length',
    new Float32Array(3),
    'm: expected images of 2×2×1, 4 numbers each, got 3 numbers; pass every channel of every pixel',
  ],
  [
    'no pixels',
    new Uint8Array(),
    'm: expected images of 2×2×1, 4 numbers each, got 0 numbers; pass every channel of every pixel',
  ],
  [
    'a detached buffer',
    detached(new Float32Array(4)),
    'm: expected images of 2×2×1, 4 numbers each, got an array whose buffer is detached; it was transferred to another thread: pass a copy',
  ],
  ...[
    [new Float64Array(4), 'a Float64Array'],
    [new Uint8ClampedArray(4), 'a Uint8ClampedArray'],
    [[0, 0, 0, 0], 'a plain array'],
    [[[0, 0]], 'an array of arrays'],
    [{ 0: 1 }, 'an object'],
    [new Map(), 'a Map'],
    [undefined, 'undefined'],
    ['abcd', 'a string'],
  ].map(([images, type]): [string, unknown, string] => [
    String(type),
    images,
    `m: expected images of 2×2×1, 4 numbers each, as a Float32Array from 0 to 1 or a Uint8Array from 0 to 255, got ${String(type)}; convert it`,
  ]),
])('%s', (_, images, message) => {
  test('is rejected with a message', () => {
    expect(() => check(images)).toThrow(new InvalidInputError(message));
  });
});

/** An array that was transferred to another thread. */
function detached<T extends Float32Array | Uint8Array>(array: T): T {
  structuredClone(array, { transfer: [array.buffer as ArrayBuffer] });
  return array;
}
