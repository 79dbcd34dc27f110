import type { Shape } from '../../core/shape.js';
import type { Drawing } from '../document.js';
import { drawImage } from './pixels.js';
import { drawingOf, DRAWING_WIDTH, label, shortenApart } from './svg.js';

/** A row of images with a title to the left. */
export interface ImageRow {
  readonly title: string;
  /** Each `[height, width, channels]`. */
  readonly images: readonly ArrayLike<number>[];
}

const MAX_IMAGE_SIZE = 44;
const GAP = 6;
const TITLE = { maxLength: 14, fontSize: 14, letterWidth: 8.2 };

/** Draws images in rows, with as many columns as the longest row has images. */
export function drawImageRows(rows: readonly ImageRow[], shape: Shape): Drawing {
  const titles = shortenApart(
    rows.map(({ title }) => title),
    TITLE.maxLength,
  );
  const left = Math.ceil(24 + TITLE.letterWidth * Math.max(...titles.map(({ length }) => length)));
  const columns = Math.max(...rows.map(({ images }) => images.length));
  const size = Math.min(MAX_IMAGE_SIZE, Math.floor((DRAWING_WIDTH - left) / columns) - GAP);
  const pitch = size + GAP;
  const shapes = rows.flatMap(({ images }, row) => [
    label(left - 12, row * pitch + size / 2 + 5, titles[row], { anchor: 'end', size: TITLE.fontSize }),
    ...images.map((pixels, column) =>
      drawImage({ x: left + column * pitch, y: row * pitch, size }, shape, pixels),
    ),
  ]);
  return drawingOf(left + columns * pitch, rows.length * pitch, shapes);
}
