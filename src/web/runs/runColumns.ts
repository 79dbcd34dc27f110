import { formatCount, formatPercent, formatSeconds } from '#inkling/core/format.js';
import type { RunItem } from '#inkling/server/apiSchemas.js';
import { orDash } from '../../components/format.js';

/** A column of the table of runs. */
export interface Column {
  readonly title: string;
  /** The value to sort by. */
  readonly valueOf: (run: RunItem) => string | number | undefined;
  readonly format: (run: RunItem) => string;
  readonly isNumber: boolean;
  /** Hidden on narrow screens. */
  readonly isWideOnly: boolean;
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
  isWideOnly: false,
};

export const columns: readonly Column[] = [
  textColumn('Model', (run) => run.model),
  textColumn('Data set', (run) => run.dataset),
  numberColumn('Seed', (run) => run.seed, String),
  numberColumn('Epochs', (run) => run.epochs, formatCount),
  numberColumn('Parameters', (run) => run.parameters, formatCount),
  numberColumn('Validation accuracy', (run) => run.validationAccuracy, formatPercent),
  { ...numberColumn('Test accuracy', (run) => run.testAccuracy, formatPercent), isWideOnly: false },
  numberColumn('Macro F1', (run) => run.testMacroF1, formatPercent),
  numberColumn('Time', (run) => run.seconds, formatSeconds),
];

function textColumn(title: string, valueOf: (run: RunItem) => string | undefined): Column {
  return { title, valueOf, format: (run) => valueOf(run) ?? '–', isNumber: false, isWideOnly: true };
}

function numberColumn(
  title: string,
  valueOf: (run: RunItem) => number | undefined,
  format: (value: number) => string,
): Column {
  return { title, valueOf, format: (run) => orDash(valueOf(run), format), isNumber: true, isWideOnly: true };
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
