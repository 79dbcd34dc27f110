import { formatPercent } from '../../core/format.js';
import type { Shape } from '../../core/shape.js';
import { ranked } from '../../predict/softmax.js';
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
const BAR = { height: 13, pitch: 17, gap: 6 };
/** The width of a class name and its bar together, and of the name. */
const NAME_AND_BAR = 96;
const NAME = { minWidth: 34, letterWidth: 6.8, maxLength: 10 };
/** In a title, for which there is the whole width. */
const TITLE = { maxLength: 13, maxPair: 12 };

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
  const shown = ranked(probabilities).slice(0, bars);
  const [predicted] = shown;
  const names = shown.map((index) => shorten(classes[index], NAME.maxLength));
  const nameWidth = Math.max(
    NAME.minWidth,
    NAME.letterWidth * Math.max(...names.map(({ length }) => length)),
  );
  const barWidth = NAME_AND_BAR - nameWidth;
  const left = x + imageSize + 12;
  const barLeft = left + nameWidth + BAR.gap;
  return [
    rectangle(x, y + 4, imageSize, imageSize, { fill: 'none', stroke: colorOf('border') }),
    drawImage({ x, y: y + 4, size: imageSize }, shape, pixels),
    label(left, y + 16, titleOf(classes[truth], classes[predicted])),
    ...shown.map((index, rank) => {
      const top = y + 24 + rank * BAR.pitch;
      const percent = formatPercent(probabilities[index]);
      return described(
        `${classes[index]}: ${percent}`,
        label(barLeft - BAR.gap, top + 11, names[rank], { anchor: 'end' }),
        rectangle(barLeft, top, barWidth, BAR.height, { fill: colorOf('surface') }),
        rectangle(barLeft, top, barWidth * probabilities[index], BAR.height, {
          fill: colorOf(index === truth ? 'blue' : 'orange'),
        }),
        label(barLeft + barWidth + BAR.gap, top + 11, percent, { color: 'muted', size: 11 }),
      );
    }),
  ];
}

/** The predicted class is also that of the first bar. */
function titleOf(truth: string, predicted: string): string {
  return truth === predicted || truth.length + predicted.length > TITLE.maxPair
    ? `true class: ${shorten(truth, TITLE.maxLength)}`
    : `${truth} predicted as ${predicted}`;
}
