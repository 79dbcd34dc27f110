import type { RunSummary } from '../../runs/runSummary.js';
import { formatLoss } from '../../core/format.js';

type Epoch = RunSummary['epochs'][number];

/** A line of the chart: what draws it, and its height in an epoch. */
interface Curve {
  readonly marker: string;
  readonly lossOf: (epoch: Epoch) => number;
}

const curves: readonly Curve[] = [
  { marker: 'o', lossOf: ({ trainLoss }) => trainLoss },
  { marker: 'x', lossOf: ({ validationLoss }) => validationLoss },
];
/** Stands where two markers meet. */
const BOTH = '*';
const BETWEEN = '·';
const BEST = '▲';

/** What the characters of `formatLossCurves` mean. */
export const LOSS_LEGEND = `o training, x validation, ${BOTH} both, ${BEST} best epoch`;

const ROWS = 9;
const WIDEST = 70;
/** Places of the loss axis that say how high they are. */
const LABELLED_ROWS = [0, (ROWS - 1) / 2, ROWS - 1];
/** Spaces between the numbers of two epochs, at least. */
const GAP = 2;

/**
 * Draws the losses of a run over its epochs, in characters that can be told apart without colours.
 *
 * @param epochs at least two
 * @param best the number of the best epoch
 * @param width how many characters there is room for
 */
export function formatLossCurves(epochs: readonly Epoch[], best: number, width: number): string[] {
  const losses = curves.flatMap(({ lossOf }) => epochs.map(lossOf));
  const [highest, lowest] = [Math.max(...losses), Math.min(...losses)];
  const labelOf = (row: number) => formatLoss(highest + ((lowest - highest) * row) / (ROWS - 1));
  const margin = Math.max(...LABELLED_ROWS.map((row) => labelOf(row).length));
  const columns = Math.max(2, Math.min(width, WIDEST) - margin - ' │ '.length);
  const xs = epochs.map((_, place) => Math.round((place / (epochs.length - 1)) * (columns - 1)));
  const yOf = (loss: number) => Math.round(((highest - loss) / (highest - lowest || 1)) * (ROWS - 1));

  const rows = drawCurves(epochs, xs, yOf, columns).map((text, row) =>
    LABELLED_ROWS.includes(row)
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
    for (let place = 1; place < epochs.length; place++) {
      const [from, to] = [lossOf(epochs[place - 1]), lossOf(epochs[place])];
      const [left, right] = [xs[place - 1], xs[place]];
      for (let x = left + 1; x < right; x++) {
        cells[yOf(from + ((to - from) * (x - left)) / (right - left))][x] = BETWEEN;
      }
    }
  }
  for (const { marker, lossOf } of curves) {
    epochs.forEach((epoch, place) => {
      const [x, y] = [xs[place], yOf(lossOf(epoch))];
      cells[y][x] = [' ', BETWEEN, marker].includes(cells[y][x]) ? marker : BOTH;
    });
  }
  return cells.map((row) => row.join(''));
}

/** The epochs' axis and, below it, as many of their numbers as there is room for. */
function drawAxis(epochs: readonly Epoch[], xs: readonly number[], best: number, columns: number): string[] {
  const room = String(epochs[epochs.length - 1].epoch).length + GAP;
  const step = roundStep((room * (epochs.length - 1)) / columns);
  const axis = new Array<string>(columns).fill('─');
  let numbers = '';
  epochs.forEach(({ epoch }, place) => {
    if (epoch === best) axis[xs[place]] = BEST;
    if (epoch % step !== 0) return;
    const number = String(epoch);
    const start = Math.min(xs[place] - Math.floor(number.length / 2), columns - number.length);
    numbers = numbers.padEnd(start) + number;
  });
  return [`└─${axis.join('')}`, `  ${numbers}`];
}

/** The first of 1, 2, 5, 10, 20, 50, … that is large enough. */
function roundStep(smallest: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(smallest)));
  const [step] = [1, 2, 5, 10].map((factor) => factor * power).filter((each) => each >= smallest);
  return step;
}
