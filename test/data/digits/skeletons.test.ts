import { describe, expect, test } from 'vitest';
import { SKELETONS } from '#inkling/data/digits/skeletons.js';

test('has ten digits', () => {
  expect(SKELETONS.length).toBe(10);
});

describe.each(SKELETONS.map((styles, digit) => ({ digit, styles })))('the digit $digit', ({ styles }) => {
  const points = styles.flatMap(({ strokes }) => strokes.flat());

  test('has several distinct styles', () => {
    expect(styles.length).toBeGreaterThanOrEqual(8);
    expect(new Set(styles.map(({ strokes }) => JSON.stringify(strokes))).size).toBe(styles.length);
    for (const { weight } of styles) expect(weight).toBeGreaterThan(0);
  });

  test('has strokes of at least two points, all of them near the digit’s box', () => {
    for (const stroke of styles.flatMap(({ strokes }) => strokes)) expect(stroke.length).toBeGreaterThan(1);
    for (const { x, y } of points) {
      expect(Math.abs(x - 50)).toBeLessThan(60);
      expect(Math.abs(y - 50)).toBeLessThan(60);
    }
  });
});

test('parses marked corners', () => {
  const [, flagged] = SKELETONS[7][0].strokes[0].filter(({ x }) => x > 10);
  expect(flagged).toEqual({ x: 74, y: 3, corner: true });
});
