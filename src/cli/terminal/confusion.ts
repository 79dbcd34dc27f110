import { formatCount } from '../../core/format.js';
import { columnsOf } from '../io.js';
import type { Output } from './output.js';
import { formatTable, type Rows } from './tables.js';

/** The number of confusions to list if the matrix does not fit. */
const MAX_CONFUSIONS = 10;
/** Replaces zeros, so that errors stand out. */
const NONE = '·';

/**
 * Prints a confusion matrix, or the most frequent confusions if the terminal is too narrow for it.
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
    output.heading('Confusion matrix: true classes in rows, predicted classes in columns');
    output.table(rows, alignments);
  } else {
    output.heading('Most frequent confusions');
    output.table(mostFrequent(confusion, classes), ['left', 'left', 'right']);
  }
}

function matrixOf(confusion: readonly (readonly number[])[], classes: readonly string[]): Rows {
  const cellOf = (count: number) => (count === 0 ? NONE : String(count));
  return [['', ...classes], ...confusion.map((row, label) => [classes[label], ...row.map(cellOf)])];
}

function mostFrequent(confusion: readonly (readonly number[])[], classes: readonly string[]): Rows {
  const rows = confusion
    .flatMap((row, label) => row.map((count, answer) => ({ label, answer, count })))
    .filter(({ label, answer, count }) => label !== answer && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_CONFUSIONS)
    .map(({ label, answer, count }) => [classes[label], classes[answer], formatCount(count)]);
  return [['true class', 'predicted', 'images'], ...rows];
}
