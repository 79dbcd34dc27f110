import type { Shape } from '../../core/shape.js';
import type { Drawing } from '../document.js';
import { drawImage } from './pixels.js';
import { drawingOf, DRAWING_WIDTH, label, shorten } from './svg.js';

/** An image with short lines of text below it. */
export interface CaptionedImage {
  /** `[height, width, channels]`, from 0 to 255 */
  readonly pixels: ArrayLike<number>;
  readonly caption: readonly string[];
}

const COLUMNS = 10;
const GAP = 8;
const LINE = { height: 11, fontSize: 9, maxLength: 8 };

/** Draws images in rows of ten, each with as many lines of text below it as the longest caption has. */
export function drawCaptionedImages(images: readonly CaptionedImage[], shape: Shape): Drawing {
  const pitch = DRAWING_WIDTH / COLUMNS;
  const size = pitch - GAP;
  const lines = Math.max(...images.map(({ caption }) => caption.length));
  const height = size + lines * LINE.height + GAP;
  const shapes = images.flatMap(({ pixels, caption }, index) => {
    const x = (index % COLUMNS) * pitch;
    const y = Math.floor(index / COLUMNS) * height;
    return [
      drawImage({ x: x + GAP / 2, y, size }, shape, pixels),
      ...caption.map((text, line) =>
        label(x + pitch / 2, y + size + (line + 1) * LINE.height, shorten(text, LINE.maxLength), {
          anchor: 'middle',
          size: LINE.fontSize,
          color: line === caption.length - 1 ? 'muted' : 'text',
        }),
      ),
    ];
  });
  return drawingOf(DRAWING_WIDTH, Math.ceil(images.length / COLUMNS) * height, shapes);
}
