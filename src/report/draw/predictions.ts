import { formatPercent } from '../../core/format.js';
import type { Shape } from '../../core/shape.js';
import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { drawImage } from './pixels.js';
import { described, drawingOf, DRAWING_WIDTH, label, rectangle, shorten } from './svg.js';

/** An image with its true class and the predicted probability of each class. */
export interface PredictedImage {
  readonly pixels: ArrayLike<number>;
  readonly label: number;
  readonly probabilities: readonly number[];
}

const PANEL = { width: DRAWING_WIDTH / 2, height: 88, imageSize: 60, bars: 3 };
const BAR = { width: 62, height: 13, pitch: 17 };

/** Draws images in two columns, each with a bar chart of its highest predicted probabilities. */
export function drawPredictions(
  images: readonly PredictedImage[],
  shape: Shape,
  classes: readonly string[],
): Drawing {
  const columns = Math.min(2, images.length);
  const shapes = images.flatMap((image, index) =>
    drawPanel(
      image,
      (index % columns) * PANEL.width,
      Math.floor(index / columns) * PANEL.height,
      shape,
      classes,
    ),
  );
  return drawingOf(columns * PANEL.width, Math.ceil(images.length / columns) * PANEL.height, shapes);
}

function drawPanel(
  { pixels, label: truth, probabilities }: PredictedImage,
  x: number,
  y: number,
  shape: Shape,
  classes: readonly string[],
): string[] {
  const { imageSize, bars } = PANEL;
  const ranked = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]).slice(0, bars);
  const [predicted] = ranked;
  const name = (index: number) => shorten(classes[index], 9);
  const title =
    predicted === truth ? `true class: ${name(truth)}` : `${name(truth)} predicted as ${name(predicted)}`;
  const left = x + imageSize + 12;
  const barLeft = left + 40;
  return [
    rectangle(x, y + 4, imageSize, imageSize, { fill: 'none', stroke: colorOf('border') }),
    drawImage({ x, y: y + 4, size: imageSize }, shape, pixels),
    label(left, y + 16, title),
    ...ranked.map((index, rank) => {
      const top = y + 24 + rank * BAR.pitch;
      const percent = formatPercent(probabilities[index]);
      return described(
        `${classes[index]}: ${percent}`,
        label(barLeft - 6, top + 11, shorten(classes[index], 6), { anchor: 'end' }),
        rectangle(barLeft, top, BAR.width, BAR.height, { fill: colorOf('surface') }),
        rectangle(barLeft, top, BAR.width * probabilities[index], BAR.height, {
          fill: colorOf(index === truth ? 'blue' : 'orange'),
        }),
        label(barLeft + BAR.width + 6, top + 11, percent, { color: 'muted', size: 11 }),
      );
    }),
  ];
}
