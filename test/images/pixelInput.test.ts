import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '#inkling/core/errors.js';
import { inputsOfImageData, inputsOfPixels, type PixelInput } from '#inkling/images/pixelInput.js';

const options = { shape: [2, 2, 3], inputKind: 'image', content: 'single' } as const;
const inputsOf = (pixels: unknown, shape: unknown) =>
  inputsOfPixels({ pixels, shape } as PixelInput, options);

test('takes pixels of the shape of the input as they are', () => {
  const floats = Float32Array.from({ length: 12 }, (_, i) => i / 12);
  expect(inputsOf(floats, [2, 2, 3])).toEqual({ pixels: floats, concerns: [] });
  expect(inputsOf([...floats], [2, 2, 3]).pixels).toEqual(floats);
  const bytes = Uint8ClampedArray.from(floats, (value) => 255 * value);
  expect(inputsOf(bytes, [2, 2, 3]).pixels).toEqual(Float32Array.from(bytes, (byte) => byte / 255));
});

test('treats pixels of another shape like an image file', () => {
  const gray = inputsOf(new Uint8Array(16).fill(51), [4, 4, 1]);
  expect(gray.pixels).toEqual(new Float32Array(12).fill(51 / 255));
  expect(inputsOf(new Float32Array(48).fill(0.2), [4, 4, 3])).toEqual(gray);
  const data = new Uint8ClampedArray(64).fill(51).map((value, i) => (i % 4 === 3 ? 255 : value));
  expect(inputsOfImageData({ width: 4, height: 4, data }, options)).toEqual(gray);
});

describe.each<[what: string, pixels: unknown, shape: unknown, message: string]>([
  [
    'NaN',
    [NaN, 0, 0, 0],
    [2, 2, 1],
    'pixels: expected pixels from 0 to 1, got NaN at index 0; find the calculation',
  ],
  [
    '0 to 255',
    [0, 255, 0, 0],
    [2, 2, 1],
    'got 255 at index 1; divide bytes by 255, or pass them as a Uint8Array',
  ],
  [
    'a wrong length',
    new Uint8Array(5),
    [2, 2, 1],
    'pixels: expected 4 numbers for the shape 2×2×1, got 5; pass every channel of every pixel',
  ],
  ['no pixels', [], [2, 2, 1], 'pixels: expected 4 numbers for the shape 2×2×1, got 0'],
  [
    'a channel count',
    new Uint8Array(8),
    [2, 2, 2],
    "shape: expected 1 channel (gray), 3 (RGB), or 4 (RGBA), or the model's input of 2×2×3, got 2 channels",
  ],
  [
    'nested arrays',
    [
      [0, 1],
      [0, 1],
    ],
    [2, 2, 1],
    'got an array that contains a plain array; flatten it with pixels.flat(Infinity)',
  ],
  ['texts', ['0', '1', '0', '1'], [2, 2, 1], 'got an array that contains a string; convert it'],
  ['another type', new Int16Array(4), [2, 2, 1], 'got an Int16Array; convert it'],
  [
    'a detached buffer',
    detached(),
    [2, 2, 1],
    'got one whose buffer is detached; it was transferred to another thread: pass a copy',
  ],
  [
    'no channels',
    new Uint8Array(4),
    [2, 2],
    "shape: expected [height, width, channels], such as that of the model's input, 2×2×3, got [2, 2]; state all three",
  ],
  ['no shape', new Uint8Array(4), undefined, 'got undefined; state all three'],
  ['a size of 0', new Uint8Array(), [0, 2, 1], 'got [0, 2, 1]'],
])('%s', (_, pixels, shape, message) => {
  test('is rejected with a message', () => {
    expect(() => inputsOf(pixels, shape)).toThrow(InvalidInputError);
    expect(() => inputsOf(pixels, shape)).toThrow(message);
  });
});

test('image data of floats is rejected', () => {
  const image = { width: 1, height: 1, data: new Float32Array(4) as unknown as Uint8ClampedArray };
  expect(() => inputsOfImageData(image, options)).toThrow('request the pixel format "rgba-unorm8"');
});

function detached(): Uint8Array {
  const array = new Uint8Array(4);
  structuredClone(array, { transfer: [array.buffer] });
  return array;
}
