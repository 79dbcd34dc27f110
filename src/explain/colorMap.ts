import type { Rgb } from '../core/pixels.js';

/**
 * Viridis at eleven values from 0 to 1: a color map whose lightness grows evenly with the value, also for people with color vision
 * deficiency. Source: van der Walt and Smith, "A Better Default Colormap for Matplotlib", SciPy 2015.
 */
const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84],
  [72, 36, 117],
  [65, 68, 135],
  [53, 95, 141],
  [42, 120, 142],
  [33, 145, 140],
  [34, 168, 132],
  [68, 191, 112],
  [122, 209, 81],
  [189, 223, 38],
  [253, 231, 37],
];

/** The color of a value from 0 to 1; those in the table are interpolated linearly. */
export function colorOfValue(value: number): Rgb {
  const position = Math.min(1, Math.max(0, value)) * (VIRIDIS.length - 1);
  const index = Math.min(Math.floor(position), VIRIDIS.length - 2);
  return mixColors(VIRIDIS[index], VIRIDIS[index + 1], position - index);
}

/** @param share of the second color, from 0 to 1 */
export function mixColors(first: Rgb, second: Rgb, share: number): Rgb {
  const [red, green, blue] = first.map((part, i) => part + (second[i] - part) * share);
  return [red, green, blue];
}
