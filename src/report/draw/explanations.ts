import { toUnitFloats } from '../../core/pixels.js';
import type { Shape } from '../../core/shape.js';
import { colorBySaliency, SIGN_COLORS } from '../../explain/saliencyColors.js';
import type { Drawing } from '../document.js';
import type { ExplainedExample } from '../explanations.js';
import { drawImage } from './pixels.js';
import { drawingOf, DRAWING_WIDTH, label, shorten } from './svg.js';

const COLUMNS = 2;
const GAP = 8;
const TITLE = { height: 20, maxLength: 30 };

/**
 * Draws images in two columns, each with the same image colored by its saliency beside it.
 *
 * @param titles of the images
 * @param shape `[height, width, channels]`
 */
export function drawExplanations(
  examples: readonly ExplainedExample[],
  titles: readonly string[],
  shape: Shape,
): Drawing {
  const [height, width] = shape;
  const columns = Math.min(COLUMNS, examples.length);
  const size = DRAWING_WIDTH / COLUMNS / 2 - GAP;
  const pitch = { x: DRAWING_WIDTH / COLUMNS, y: TITLE.height + size + GAP };
  const shapes = examples.flatMap(({ prediction: { pixels }, saliency }, index) => {
    const x = (index % columns) * pitch.x;
    const y = Math.floor(index / columns) * pitch.y;
    const top = y + TITLE.height;
    const rgba = colorBySaliency(toUnitFloats(pixels), saliency, SIGN_COLORS);
    // Heat maps are opaque.
    const colors = rgba.filter((_, at) => at % 4 < 3);
    return [
      label(x, y + 14, shorten(titles[index], TITLE.maxLength)),
      drawImage({ x, y: top, size }, shape, pixels),
      drawImage({ x: x + size + GAP / 2, y: top, size }, [height, width, 3], colors),
    ];
  });
  return drawingOf(columns * pitch.x, Math.ceil(examples.length / columns) * pitch.y, shapes);
}
