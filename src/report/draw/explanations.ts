import { toUnitFloats } from '../../core/pixels.js';
import type { Shape } from '../../core/shape.js';
import type { Saliency } from '../../explain/explainer.js';
import { METHOD_TITLES } from '../../explain/methods.js';
import { colorBySaliency, type SignColors } from '../../explain/saliencyColors.js';
import type { Drawing } from '../document.js';
import type { ExplainedExample } from '../explanations.js';
import { drawImage, drawColors } from './pixels.js';
import { drawingOf, DRAWING_WIDTH, label, shorten } from './svg.js';

const GAP = 6;
const MAX_SIZE = 100;
const HEADER = 34;
/** Dark and light, so that they differ in grayscale as well. */
const SIGN_COLORS: SignColors = { supporting: [0, 58, 125], opposing: [255, 176, 90] };
const TITLE = { width: 62, maxLength: 11, line: 13 };

/**
 * Draws a row for each image: the image, what counts for its class by each method, and the same for the network with random weights.
 *
 * @param titles of the images, of one or two lines
 * @param shape `[height, width, channels]`
 */
export function drawExplanations(
  examples: readonly ExplainedExample[],
  titles: readonly (readonly string[])[],
  shape: Shape,
): Drawing {
  const methods = examples[0].maps.map(({ trained }) => METHOD_TITLES[trained.method]);
  const columns = 1 + 2 * methods.length;
  const size = Math.min(MAX_SIZE, (DRAWING_WIDTH - TITLE.width) / columns - GAP);
  const left = (column: number) => TITLE.width + column * (size + GAP);
  const width = left(columns);
  const groups = [
    ['trained', 1],
    ['random weights', 1 + methods.length],
  ] as const;
  const shapes = [
    ...groups.flatMap(([group, first]) => [
      label(left(first), 11, group, { size: 11, weight: 'bold' }),
      ...methods.map((method, i) => label(left(first + i), 27, method, { size: 10, color: 'muted' })),
    ]),
    ...examples.flatMap(({ prediction: { pixels }, maps }, row) => {
      const y = HEADER + row * (size + GAP);
      const map = (saliency: Saliency, column: number) =>
        drawSaliency({ x: left(column), y, size }, shape, pixels, saliency);
      return [
        ...titles[row].map((line, i) =>
          label(0, y + size / 2 + i * TITLE.line, shorten(line, TITLE.maxLength), { size: 11 }),
        ),
        drawImage({ x: left(0), y, size }, shape, pixels),
        ...maps.map(({ trained }, i) => map(trained, 1 + i)),
        ...maps.map(({ random }, i) => map(random, 1 + methods.length + i)),
      ];
    }),
  ];
  return drawingOf(Math.ceil(width), Math.ceil(HEADER + examples.length * (size + GAP)), shapes);
}

function drawSaliency(
  square: { readonly x: number; readonly y: number; readonly size: number },
  shape: Shape,
  pixels: Uint8Array,
  saliency: Saliency,
): string {
  return drawColors(square, shape, colorBySaliency(toUnitFloats(pixels), saliency, SIGN_COLORS));
}
