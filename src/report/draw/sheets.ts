import type { Shape } from '../../core/shape.js';
import { formatPercent } from '../../core/format.js';
import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { imageAt, mapAt, signedAt } from './pixels.js';
import { described, drawingOf, DRAWING_WIDTH, label, rectangle, shorten } from './svg.js';

/** A row of images behind a title. */
export interface ImageRow {
  readonly title: string;
  /** Each `[height, width, channels]`. */
  readonly images: readonly ArrayLike<number>[];
}

const GAP = 6;
/** Of a row's title. */
const TITLE = { most: 14, size: 14, letterWidth: 8.2 };

/** Images in rows, as many columns as the longest row has. */
export function drawImageRows(rows: readonly ImageRow[], shape: Shape): Drawing {
  const titles = rows.map(({ title }) => shorten(title, TITLE.most));
  const left = Math.ceil(24 + TITLE.letterWidth * Math.max(...titles.map(({ length }) => length)));
  const columns = Math.max(...rows.map(({ images }) => images.length));
  const size = Math.min(44, Math.floor((DRAWING_WIDTH - left) / columns) - GAP);
  const pitch = size + GAP;
  const shapes = rows.flatMap(({ images }, row) => [
    label(left - 12, row * pitch + size / 2 + 5, titles[row], { anchor: 'end', size: TITLE.size }),
    ...images.map((pixels, column) =>
      imageAt({ x: left + column * pitch, y: row * pitch, size }, shape, pixels),
    ),
  ]);
  return drawingOf(left + columns * pitch, rows.length * pitch, shapes);
}

/** An image with what a network answers to it. */
export interface AnsweredImage {
  readonly pixels: ArrayLike<number>;
  readonly label: number;
  readonly probabilities: readonly number[];
}

const ANSWER = { width: DRAWING_WIDTH / 2, height: 88, image: 60, bars: 3 };

/** Images in two columns, each with the classes that the network finds most likely. */
export function drawAnswers(
  answers: readonly AnsweredImage[],
  shape: Shape,
  classes: readonly string[],
): Drawing {
  const columns = Math.min(2, answers.length);
  const shapes = answers.flatMap((answer, index) =>
    drawAnswer(
      answer,
      (index % columns) * ANSWER.width,
      Math.floor(index / columns) * ANSWER.height,
      shape,
      classes,
    ),
  );
  return drawingOf(columns * ANSWER.width, Math.ceil(answers.length / columns) * ANSWER.height, shapes);
}

function drawAnswer(
  { pixels, label: truth, probabilities }: AnsweredImage,
  x: number,
  y: number,
  shape: Shape,
  classes: readonly string[],
): string[] {
  const { image, bars } = ANSWER;
  const ranked = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]).slice(0, bars);
  const [best] = ranked;
  const taken = best === truth ? '' : `, taken for ${shorten(classes[best], 9)}`;
  const verdict = `is ${shorten(classes[truth], 9)}${taken}`;
  const left = x + image + 12;
  const barLeft = left + 40;
  const barWidth = 62;
  return [
    rectangle(x, y + 4, image, image, { fill: 'none', stroke: colorOf('line') }),
    imageAt({ x, y: y + 4, size: image }, shape, pixels),
    label(left, y + 16, verdict),
    ...ranked.map((index, place) => {
      const top = y + 24 + place * 17;
      const percent = formatPercent(probabilities[index]);
      return described(
        `${classes[index]}: ${percent}`,
        label(barLeft - 6, top + 11, shorten(classes[index], 6), { anchor: 'end' }),
        rectangle(barLeft, top, barWidth, 13, { fill: colorOf('wash') }),
        rectangle(barLeft, top, barWidth * probabilities[index], 13, {
          fill: colorOf(index === truth ? 'first' : 'second'),
        }),
        label(barLeft + barWidth + 6, top + 11, percent, { color: 'faint', size: 11 }),
      );
    }),
  ];
}

/** Planes of numbers, `[height, width]` each. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly (readonly number[])[];
}

/** Planes side by side, eight a row, each in a frame: of either sign in two colours, or as ink. */
export function drawPlanes({ width, height, planes }: Planes, kind: 'signed' | 'ink'): Drawing {
  const columns = Math.min(8, planes.length);
  const pitch = DRAWING_WIDTH / 8;
  const size = pitch - 8;
  const largest = planes.flat().reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  const shapes = planes.flatMap((values, index) => {
    const place = {
      x: (index % columns) * pitch + 1,
      y: Math.floor(index / columns) * pitch + 1,
      size,
    };
    return [
      rectangle(place.x - 0.5, place.y - 0.5, size + 1, size + 1, { fill: 'none', stroke: colorOf('line') }),
      kind === 'signed'
        ? signedAt(place, width, height, values, largest)
        : mapAt(place, width, height, values),
    ];
  });
  return drawingOf(columns * pitch, Math.ceil(planes.length / columns) * pitch, shapes);
}
