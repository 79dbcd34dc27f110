import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { drawDivergingMap, drawSequentialMap } from './pixels.js';
import { element } from '../markup.js';
import { drawingOf, DRAWING_WIDTH, rectangle } from './svg.js';

/** Maps of one size, such as the filters or feature maps of a layer. */
export interface Heatmaps {
  readonly width: number;
  readonly height: number;
  /** Each `[height, width]`. */
  readonly maps: readonly (readonly number[])[];
}

const COLUMNS = 8;
const GAP = 8;
const SIZE = DRAWING_WIDTH / COLUMNS - GAP;
/** Values whose squares are at least this large, in CSS pixels, are marked if they are negative. */
const MIN_MARKED = 8;

/** Whether negative values are marked with a dash, which is visible in print without colors. */
export function marksNegatives({ width, height }: Pick<Heatmaps, 'width' | 'height'>): boolean {
  return SIZE / Math.max(width, height) >= MIN_MARKED;
}

/**
 * Draws heatmaps side by side, eight per row. On a diverging color scale, positive and negative values have different colors
 * and all maps share one scale; a sequential scale is for nonnegative values, and each map has its own.
 */
export function drawHeatmaps(
  { width, height, maps }: Heatmaps,
  colorScale: 'diverging' | 'sequential',
): Drawing {
  const columns = Math.min(COLUMNS, maps.length);
  const pitch = DRAWING_WIDTH / COLUMNS;
  const maxMagnitude = maps
    .flat()
    .reduce((largest, value) => Math.max(largest, Math.abs(value)), Number.MIN_VALUE);
  const shapes = maps.flatMap((values, index) => {
    const square = {
      x: (index % columns) * pitch + 1,
      y: Math.floor(index / columns) * pitch + 1,
      size: SIZE,
    };
    return [
      rectangle(square.x - 0.5, square.y - 0.5, SIZE + 1, SIZE + 1, {
        fill: 'none',
        stroke: colorOf('border'),
      }),
      colorScale === 'diverging'
        ? drawDivergingMap(square, width, height, values, maxMagnitude)
        : drawSequentialMap(square, width, height, values),
      ...(colorScale === 'diverging' && marksNegatives({ width, height })
        ? [dashes(square, width, height, values)]
        : []),
    ];
  });
  return drawingOf(columns * pitch, Math.ceil(maps.length / columns) * pitch, shapes);
}

/** A dash in the middle of each negative value. */
function dashes(
  { x, y }: { readonly x: number; readonly y: number },
  width: number,
  height: number,
  values: readonly number[],
): string {
  // An image is as large as its square allows, and centered in it.
  const cell = SIZE / Math.max(width, height);
  const [left, top] = [x + (SIZE - width * cell) / 2, y + (SIZE - height * cell) / 2];
  const length = cell / 3;
  const lines = values.flatMap((value, index) => {
    if (value >= 0) return [];
    const [column, row] = [index % width, Math.floor(index / width)];
    return `M${(left + (column + 0.5) * cell - length / 2).toFixed(1)} ${(top + (row + 0.5) * cell).toFixed(1)}h${length.toFixed(1)}`;
  });
  return element('path', { d: lines.join(''), stroke: colorOf('text'), 'stroke-width': 1, fill: 'none' });
}
