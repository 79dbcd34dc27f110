import { expect, test } from 'vitest';
import { boundsOf, type Box, resize } from '#inkling/images/resize/resize.js';
import type { Plane } from '#inkling/images/decodedImage.js';

const plane: Plane = {
  width: 37,
  height: 29,
  values: Float32Array.from({ length: 37 * 29 }, (_, i) => ((i * 7919) % 1000) / 999),
};

/** Each output pixel as the weighted mean of the input pixels that it overlaps, first along the rows, bit for bit. */
function resizeSimply({ width, height, values }: Plane, columns: number, rows: number, box: Box): Plane {
  const weightsOf = (from: number, to: number, count: number, output: number, size: number) => {
    const scale = (to - from) / count;
    const center = from + (output + 0.5) * scale;
    const taps: { at: number; weight: number }[] = [];
    const reach = Math.max(1, scale);
    for (let at = Math.floor(center - reach); at <= Math.ceil(center + reach); at++) {
      const distance = Math.abs(at + 0.5 - center);
      const weight = scale < 1 ? 1 - distance : Math.min(1, (scale + 1) / 2 - distance);
      if (weight > 0) taps.push({ at: Math.min(size - 1, Math.max(0, at)), weight });
    }
    const total = taps.reduce((sum, { weight }) => sum + weight, 0);
    return taps.map(({ at, weight }) => ({ at, weight: weight / total }));
  };
  const middle = Float32Array.from({ length: columns * height }, (_, i) =>
    weightsOf(box.left, box.right, columns, i % columns, width).reduce(
      (sum, { at, weight }) => sum + weight * values[Math.floor(i / columns) * width + at],
      0,
    ),
  );
  const resized = Float32Array.from({ length: columns * rows }, (_, i) =>
    weightsOf(box.top, box.bottom, rows, Math.floor(i / columns), height).reduce(
      (sum, { at, weight }) => sum + weight * middle[at * columns + (i % columns)],
      0,
    ),
  );
  return { width: columns, height: rows, values: resized };
}

test.each([
  [37, 29],
  [35, 28],
  [13, 12],
  [8, 6],
  [3, 1],
  [90, 64],
])('resizes to %i × %i pixels like the definition', (width, height) => {
  for (const box of [boundsOf(plane), { left: -9.5, top: -3, right: 45, bottom: 30.25 }]) {
    expect(resize(plane, width, height, box)).toEqual(resizeSimply(plane, width, height, box));
  }
});
