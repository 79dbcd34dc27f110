import { InklingError } from '../../core/errors.js';
import { labelByName } from './columns.js';
import { isPartColumn } from './partColumn.js';

/** Four or more numbers in one cell, with or without brackets. */
const PIXEL_LIST = /^\[?\s*\d+(\.\d*)?([\s,;]+\d+(\.\d*)?){3,}\s*\]?$/;
const SEPARATORS = /[[\],;\s]+/;

/** The columns of a table that has all pixels of an image in one cell, as in FER2013. */
export interface ListColumns {
  readonly pixels: number;
  readonly part: number | undefined;
}

/**
 * Finds a column with all pixels of an image in each cell; undefined if a table has none.
 *
 * @param rows the cells of some rows
 */
export function findListColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): ListColumns | undefined {
  const cellsOf = (column: number) => rows.map((row) => row.at(column) ?? '');
  const all = [...names.keys()];
  // Of a damaged table, some rows are not what they should be.
  const pixels = all.find((column) => {
    const lists = cellsOf(column).filter((cell) => PIXEL_LIST.test(cell)).length;
    return rows.length > 0 && lists >= rows.length / 2;
  });
  if (pixels === undefined) return undefined;
  const part = all.find((column) => isPartColumn(names[column], cellsOf(column)));
  return { pixels, part };
}

/**
 * The column with the labels of such a table; undefined if it has none.
 *
 * @throws {InklingError} when more than one column could have them
 */
export function findListLabel(
  names: readonly string[],
  { pixels, part }: ListColumns,
  file: string,
): number | undefined {
  const named = labelByName(names.map((name) => name.toLowerCase()));
  const others = [...names.keys()].filter(
    (column) => column !== pixels && column !== part && names[column] !== '',
  );
  if (named !== undefined || others.length < 2) return named ?? others.at(0);
  throw new InklingError(
    `${file}: expected a column "label", got ${others.map((column) => `"${names[column]}"`).join(', ')}; name the column with the labels so`,
  );
}

/** The numbers in a cell; NaN for what is none. */
export function numbersInCell(cell: string): Float32Array {
  return Float32Array.from(cell.split(SEPARATORS).filter(Boolean), Number);
}
