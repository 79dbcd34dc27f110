import { expect, test } from 'vitest';
import { viewsOf } from '#inkling/predict/views.js';
import { formatViews } from '#inkling/predict/viewSettings.js';

/** Two rows of three pixels with two channels. */
const shape = [2, 3, 2];
const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
const seen = (settings: Parameters<typeof viewsOf>[0]) =>
  viewsOf(settings, shape).map((view) => [...view(pixels)]);

test('flip adds a mirrored view to the original', () => {
  expect(seen({ flip: false, shift: 0 })).toEqual([[...pixels]]);
  expect(seen({ flip: true, shift: 0 })).toEqual([[...pixels], [5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8]]);
});

test('shift adds views shifted up, left, down and right, padded with zeros', () => {
  expect(seen({ flip: false, shift: 1 })).toEqual([
    [...pixels],
    [7, 8, 9, 10, 11, 12, 0, 0, 0, 0, 0, 0],
    [3, 4, 5, 6, 0, 0, 9, 10, 11, 12, 0, 0],
    [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6],
    [0, 0, 1, 2, 3, 4, 0, 0, 7, 8, 9, 10],
  ]);
});

test('flip and shift together give ten views, with the mirrored image shifted too', () => {
  const views = seen({ flip: true, shift: 1 });
  expect(new Set(views.map(String)).size).toBe(10);
  expect(views[6]).toEqual([11, 12, 9, 10, 7, 8, 0, 0, 0, 0, 0, 0]);
});

test('views are formatted as settings', () => {
  expect(formatViews({ flip: true, shift: 2 })).toBe('flip, shift=2');
  expect(formatViews({ flip: false, shift: 0 })).toBe('none');
});
