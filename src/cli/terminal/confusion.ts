import { formatCount } from '../../core/format.js';
import { columnsOf } from '../io.js';
import type { Output } from './output.js';
import { formatTable, type Rows } from './tables.js';

/** How many confusions are named where the matrix has no room. */
const MOST_OFTEN = 10;
/** Stands for no image, so that mistakes catch the eye. */
const NONE = '·';

/**
 * Prints a confusion matrix; on a terminal that is too narrow for it, the confusions that happened most often.
 *
 * @param confusion `[true class][predicted class]`: numbers of images
 */
export function printConfusion(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  output: Output,
): void {
  const rows = matrixOf(confusion, classes);
  const alignments = rows[0].map(() => 'right' as const);
  if (formatTable(rows, alignments).every(({ length }) => length <= columnsOf(output.stream))) {
    output.heading('Confusion: a row is the true class, a column the predicted one');
    output.table(rows, alignments);
  } else {
    output.heading('The most frequent confusions');
    output.table(mostOftenOf(confusion, classes), ['left', 'left', 'right']);
  }
}

function matrixOf(confusion: readonly (readonly number[])[], classes: readonly string[]): Rows {
  const cellOf = (count: number) => (count === 0 ? NONE : String(count));
  return [['', ...classes], ...confusion.map((row, label) => [classes[label], ...row.map(cellOf)])];
}

function mostOftenOf(confusion: readonly (readonly number[])[], classes: readonly string[]): Rows {
  const rows = confusion
    .flatMap((row, label) => row.map((count, answer) => ({ label, answer, count })))
    .filter(({ label, answer, count }) => label !== answer && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_OFTEN)
    .map(({ label, answer, count }) => [classes[label], classes[answer], formatCount(count)]);
  return [['true class', 'predicted', 'images'], ...rows];
}
