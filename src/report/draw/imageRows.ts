import type { Shape } from '../../core/shape.js';
import type { Drawing } from '../document.js';
import { drawImage } from './pixels.js';
import { drawingOf, DRAWING_WIDTH, label, shorten, shortenApart } from './svg.js';

/** A row of images with a title to the left. */
export interface ImageRow {
  readonly title: string;
  /** Each `[height, width, channels]`. */
  readonly images: readonly ArrayLike<number>[];
  /** A line below each image. */
  readonly labels?: readonly string[];
}

const MAX_IMAGE_SIZE = 44;
const GAP = 6;
const TITLE = { maxLength: 14, fontSize: 14, letterWidth: 8.2 };
const LABEL = { height: 16, fontSize: 11, letterWidth: 6.4, maxLength: 24 };

/**
 * Draws images in rows, with as many columns as the longest row has images, or as its labels leave room for.
 *
 * @param shape `[height, width, channels]`
 */
export function drawImageRows(rows: readonly ImageRow[], shape: Shape): Drawing {
  const titles = shortenApart(
    rows.map(({ title }) => title),
    TITLE.maxLength,
  );
  const left = Math.ceil(24 + TITLE.letterWidth * Math.max(...titles.map(({ length }) => length)));
  const most = Math.max(...rows.map(({ images }) => images.length));
  const labels = rows.map((row) => row.labels?.map((each) => shorten(each, LABEL.maxLength)) ?? []);
  const labelWidth = LABEL.letterWidth * Math.max(0, ...labels.flat().map(({ length }) => length));
  const columns = Math.max(1, Math.min(most, Math.floor((DRAWING_WIDTH - left) / (labelWidth + GAP))));
  const size = Math.min(MAX_IMAGE_SIZE, Math.floor((DRAWING_WIDTH - left) / columns) - GAP);
  const pitch = Math.max(size, labelWidth) + GAP;
  const rowPitch = size + GAP + (labelWidth === 0 ? 0 : LABEL.height);
  const shapes = rows.flatMap(({ images }, row) => [
    label(left - 12, row * rowPitch + size / 2 + 5, titles[row], { anchor: 'end', size: TITLE.fontSize }),
    ...images.slice(0, columns).flatMap((pixels, column) => [
      drawImage({ x: left + column * pitch, y: row * rowPitch, size }, shape, pixels),
      ...(labels[row].length === 0
        ? []
        : [
            label(left + column * pitch, row * rowPitch + size + 13, labels[row][column], {
              size: LABEL.fontSize,
            }),
          ]),
    ]),
  ]);
  return drawingOf(Math.ceil(left + columns * pitch), rows.length * rowPitch, shapes);
}
