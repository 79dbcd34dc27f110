import { expect, test } from 'vitest';
import { crossingsOf } from '#inkling/predict/detector/crossings.js';

const SIDE = 28;
const draw = (isInk: (x: number, y: number) => boolean) =>
  crossingsOf(
    Float32Array.from({ length: SIDE * SIDE }, (_, at) => Number(isInk(at % SIDE, Math.floor(at / SIDE)))),
  );

test('counts the strokes that each pair of rows and of columns crosses', () => {
  // Two stems, from the left edge and inside, and a bar between them.
  const crossings = draw(
    (x, y) => y >= 4 && y < 24 && (x < 3 || (x >= 20 && x < 22) || (y === 14 && x < 20)),
  );
  const rows = [...crossings.slice(0, 14)];
  expect(rows).toEqual([0, 0, 4, 4, 4, 4, 4, 3, 4, 4, 4, 4, 0, 0]);
  const columns = [...crossings.slice(14)];
  expect(columns.slice(0, 3)).toEqual([2, 2, 2]);
  expect(columns.slice(9)).toEqual([2, 2, 0, 0, 0]);
});

test('counts a stroke at the edge, and nothing in a blank image', () => {
  expect([...draw(() => false)]).toEqual(new Array(28).fill(0));
  expect([...draw(() => true)]).toEqual(new Array(28).fill(2));
});
