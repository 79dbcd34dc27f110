import { expect, test } from 'vitest';
import { adjustHue, adjustSaturation, type Color } from '#inkling/kernels/reference/lib/colors.js';

const COLORS: readonly Color[] = [
  [0.9, 0.2, 0.1],
  [0.1, 0.7, 0.6],
  [0.25, 0.25, 0.8],
  [0.5, 0.5, 0.5],
  [0.6, 0.1, 0.9],
  [1, 1, 0],
];

// Generated with torchvision 0.29, adjust_saturation, of float64; its weights of gray are rounded to 0.2989.
test.each([
  [0, [0.39781, 0.39781, 0.39781], [0.50919, 0.50919, 0.50919], [0.31267, 0.31267, 0.31267]],
  [0.4, [0.59869, 0.31869, 0.27869], [0.34551, 0.58551, 0.54551], [0.2876, 0.2876, 0.50761]],
  [1.8, [1, 0.04175, 0], [0, 0.85265, 0.67265], [0.19986, 0.19986, 1]],
])('saturates like torchvision, by a factor of %d', (factor, ...expected) => {
  expected.forEach((color, index) => {
    const changed = adjustSaturation(COLORS[index], factor);
    changed.forEach((value, channel) => {
      expect(Math.abs(value - color[channel])).toBeLessThan(1e-4);
    });
  });
});

// Generated with torchvision 0.29, adjust_hue, of float64.
test.each([
  [
    -0.1,
    [
      [0.9, 0.1, 0.48],
      [0.1, 0.7, 0.24],
      [0.25, 0.58, 0.8],
      [0.5, 0.5, 0.5],
      [0.12, 0.1, 0.9],
      [1, 0.4, 0],
    ],
  ],
  [
    0.3,
    [
      [0.16, 0.9, 0.1],
      [0.48, 0.1, 0.7],
      [0.8, 0.25, 0.36],
      [0.5, 0.5, 0.5],
      [0.9, 0.44, 0.1],
      [0, 1, 0.8],
    ],
  ],
  [
    0.5,
    [
      [0.1, 0.8, 0.9],
      [0.7, 0.1, 0.2],
      [0.8, 0.8, 0.25],
      [0.5, 0.5, 0.5],
      [0.4, 0.9, 0.1],
      [0, 0, 1],
    ],
  ],
])('changes the hue like torchvision, by %d', (turn, expected) => {
  expected.forEach((color, index) => {
    adjustHue(COLORS[index], turn).forEach((value, channel) => {
      expect(value).toBeCloseTo(color[channel], 12);
    });
  });
});
