import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { drawDivergingMap, drawSequentialMap } from './pixels.js';
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
  const size = pitch - GAP;
  const maxMagnitude = maps
    .flat()
    .reduce((largest, value) => Math.max(largest, Math.abs(value)), Number.MIN_VALUE);
  const shapes = maps.flatMap((values, index) => {
    const square = {
      x: (index % columns) * pitch + 1,
      y: Math.floor(index / columns) * pitch + 1,
      size,
    };
    return [
      rectangle(square.x - 0.5, square.y - 0.5, size + 1, size + 1, {
        fill: 'none',
        stroke: colorOf('border'),
      }),
      colorScale === 'diverging'
        ? drawDivergingMap(square, width, height, values, maxMagnitude)
        : drawSequentialMap(square, width, height, values),
    ];
  });
  return drawingOf(columns * pitch, Math.ceil(maps.length / columns) * pitch, shapes);
}
