import { expect, test } from 'vitest';
import { conv2d } from '#inkling/layers/index.js';
import { paddingOf } from '#inkling/layers/shared/window.js';

/** The first and last zeros that TensorFlow documents for SAME padding: none is needed where the windows fit. */
test.each([
  { size: 224, kernel: 3, stride: 2, begin: 0, end: 1 },
  { size: 112, kernel: 5, stride: 2, begin: 1, end: 2 },
  { size: 7, kernel: 3, stride: 2, begin: 1, end: 1 },
  { size: 14, kernel: 5, stride: 1, begin: 2, end: 2 },
  { size: 9, kernel: 4, stride: 1, begin: 1, end: 2 },
  { size: 10, kernel: 1, stride: 2, begin: 0, end: 0 },
  { size: 2, kernel: 7, stride: 3, begin: 2, end: 3 },
])('pads $size pixels for a kernel of $kernel and a stride of $stride', (each) => {
  const window = { kernel: [each.kernel, 1], stride: [each.stride, 1] } as const;
  expect(paddingOf('same', window, [each.size, 8, 3])).toEqual({
    begin: [each.begin, 0],
    end: [each.end, 0],
  });
});

test('other paddings are the same on both sides', () => {
  const window = { kernel: [3, 3], stride: [1, 1] } as const;
  expect(paddingOf([1, 2], window, [8, 8, 3])).toEqual({ begin: [1, 2], end: [1, 2] });
  expect(paddingOf(1, window, [8, 8, 3])).toEqual({ begin: [1, 1], end: [1, 1] });
});

test('rejects other words', () => {
  expect(() => conv2d({ outChannels: 1, kernel: 3, padding: 'valid' as 'same' })).toThrow(
    'conv2d: padding: expected an integer of at least 0, two of them: [vertical, horizontal], or "same"',
  );
});
