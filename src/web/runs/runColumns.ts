import { formatCount, formatPercent, formatSeconds } from '#inkling/core/format.js';
import type { RunItem } from '#inkling/server/apiSchemas.js';
import { orDash } from '../../components/format.js';

/** The widths of a table from which on it has some columns; the styles define them. */
export type TableWidth = 'any' | 'small' | 'medium' | 'large';

/** A column of the table of runs. */
export interface Column {
  readonly title: string;
  /** The value to sort by. */
  readonly valueOf: (run: RunItem) => string | number | undefined;
  readonly format: (run: RunItem) => string;
  readonly isNumber: boolean;
  readonly shownFrom: TableWidth;
}

export interface Order {
  readonly column: Column;
  readonly isDescending: boolean;
}

export const nameColumn: Column = {
  title: 'Run',
  valueOf: (run) => run.name,
  format: (run) => run.name,
  isNumber: false,
  shownFrom: 'any',
};

export const columns: readonly Column[] = [
  textColumn('Model', (run) => run.model, 'small'),
  textColumn('Data set', (run) => run.dataset, 'medium'),
  numberColumn('Seed', (run) => run.seed, String),
  numberColumn('Epochs', (run) => run.epochs, formatCount),
  numberColumn('Parameters', (run) => run.parameters, formatCount),
  numberColumn('Validation accuracy', (run) => run.validationAccuracy, formatPercent, 'small'),
  numberColumn('Test accuracy', (run) => run.testAccuracy, formatPercent, 'any'),
  numberColumn('Macro F1', (run) => run.testMacroF1, formatPercent),
  numberColumn('Time', (run) => run.seconds, formatSeconds, 'medium'),
];

function textColumn(
  title: string,
  valueOf: (run: RunItem) => string | undefined,
  shownFrom: TableWidth,
): Column {
  return { title, valueOf, format: (run) => valueOf(run) ?? '–', isNumber: false, shownFrom };
}

function numberColumn(
  title: string,
  valueOf: (run: RunItem) => number | undefined,
  format: (value: number) => string,
  shownFrom: TableWidth = 'large',
): Column {
  return { title, valueOf, format: (run) => orDash(valueOf(run), format), isNumber: true, shownFrom };
}

/** Compares numbers by size and text by its words and numbers; missing values come last. */
export function compareRuns(a: RunItem, b: RunItem, { column, isDescending }: Order): number {
  const [first, second] = [column.valueOf(a), column.valueOf(b)];
  if (first === undefined || second === undefined) {
    return Number(first === undefined) - Number(second === undefined);
  }
  const order =
    typeof first === 'number' && typeof second === 'number'
      ? first - second
      : String(first).localeCompare(String(second), 'en', { numeric: true });
  return isDescending ? -order : order;
}
