import type { RunSummary } from '../../runs/runSummary.js';
import { formatLoss } from '../../core/format.js';

type Epoch = RunSummary['epochs'][number];

/** A curve of the chart: its marker, and its value at an epoch. */
interface Curve {
  readonly marker: string;
  readonly lossOf: (epoch: Epoch) => number;
}

const curves: readonly Curve[] = [
  { marker: 'o', lossOf: ({ trainLoss }) => trainLoss },
  { marker: 'x', lossOf: ({ validationLoss }) => validationLoss },
];
/** Marks a point of both curves. */
const BOTH = '*';
const BETWEEN = '·';
const BEST = '▲';

/** The legend of `formatLossCurves`. */
export const LOSS_LEGEND = `o training, x validation, ${BOTH} both, ${BEST} best epoch`;

const ROWS = 9;
const MAX_WIDTH = 70;
/** The rows with a label on the loss axis. */
const LABELED_ROWS = [0, (ROWS - 1) / 2, ROWS - 1];
/** The minimum number of spaces between two epoch numbers. */
const GAP = 2;

/**
 * Plots the losses of a run by epoch, with markers that can be distinguished without colors.
 *
 * @param epochs at least two
 * @param best the number of the best epoch
 * @param width the maximum number of characters per line
 */
export function formatLossCurves(epochs: readonly Epoch[], best: number, width: number): string[] {
  const losses = curves.flatMap(({ lossOf }) => epochs.map(lossOf));
  const [highest, lowest] = [Math.max(...losses), Math.min(...losses)];
  const labelOf = (row: number) => formatLoss(highest + ((lowest - highest) * row) / (ROWS - 1));
  const margin = Math.max(...LABELED_ROWS.map((row) => labelOf(row).length));
  const columns = Math.max(2, Math.min(width, MAX_WIDTH) - margin - ' │ '.length);
  const xs = epochs.map((_, index) => Math.round((index / (epochs.length - 1)) * (columns - 1)));
  const yOf = (loss: number) => Math.round(((highest - loss) / (highest - lowest || 1)) * (ROWS - 1));

  const rows = drawCurves(epochs, xs, yOf, columns).map((text, row) =>
    LABELED_ROWS.includes(row)
      ? `${labelOf(row).padStart(margin)} ┤ ${text}`
      : `${' '.repeat(margin)} │ ${text}`,
  );
  const axis = drawAxis(epochs, xs, best, columns).map((text) => `${' '.repeat(margin)} ${text}`);
  return [...rows, ...axis].map((line) => line.trimEnd());
}

/** Markers at the epochs, dots between them. */
function drawCurves(
  epochs: readonly Epoch[],
  xs: readonly number[],
  yOf: (loss: number) => number,
  columns: number,
): string[] {
  const cells = Array.from({ length: ROWS }, () => new Array<string>(columns).fill(' '));
  for (const { lossOf } of curves) {
    for (let index = 1; index < epochs.length; index++) {
      const [from, to] = [lossOf(epochs[index - 1]), lossOf(epochs[index])];
      const [left, right] = [xs[index - 1], xs[index]];
      for (let x = left + 1; x < right; x++) {
        cells[yOf(from + ((to - from) * (x - left)) / (right - left))][x] = BETWEEN;
      }
    }
  }
  for (const { marker, lossOf } of curves) {
    epochs.forEach((epoch, index) => {
      const [x, y] = [xs[index], yOf(lossOf(epoch))];
      cells[y][x] = [' ', BETWEEN, marker].includes(cells[y][x]) ? marker : BOTH;
    });
  }
  return cells.map((row) => row.join(''));
}

/** The epoch axis, and below it as many epoch numbers as fit. */
function drawAxis(epochs: readonly Epoch[], xs: readonly number[], best: number, columns: number): string[] {
  const room = String(epochs[epochs.length - 1].epoch).length + GAP;
  const step = roundStep((room * (epochs.length - 1)) / columns);
  const axis = new Array<string>(columns).fill('─');
  let numbers = '';
  epochs.forEach(({ epoch }, index) => {
    if (epoch === best) axis[xs[index]] = BEST;
    if (epoch % step !== 0) return;
    const number = String(epoch);
    const start = Math.min(xs[index] - Math.floor(number.length / 2), columns - number.length);
    numbers = numbers.padEnd(start) + number;
  });
  return [`└─${axis.join('')}`, `  ${numbers}`];
}

/** The smallest of 1, 2, 5, 10, 20, 50, … that is at least `smallest`. */
function roundStep(smallest: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(smallest)));
  const [step] = [1, 2, 5, 10].map((factor) => factor * power).filter((each) => each >= smallest);
  return step;
}
