import type { LabeledImages } from '../labeledImages.js';
import { type Delimiter, endOfLine, nextRow, readRow } from './cells.js';
import { columnCountError, labelOf } from './columns.js';
import { findListLabel, type ListColumns, numbersInCell } from './listColumns.js';
import { PixelRows } from './pixelRows.js';

/** Parses a table with all pixels of an image in one cell. */
export function parseLists(
  bytes: Uint8Array,
  start: number,
  { delimiter, names, lists, file }: ListTable,
): LabeledImages {
  const { pixels, part } = lists;
  const label = findListLabel(names, lists, file);
  const nameOf = (column: number | undefined) => (column === undefined ? undefined : names[column]);
  const rows = new PixelRows(file, {
    pixels: `pixels from column "${names[pixels]}"`,
    label: nameOf(label),
    part: nameOf(part),
  });
  const used = [pixels, label, part];
  // Of columns with the same name, the last one counts.
  const others = [...names.keys()].filter(
    (column) => !used.includes(column) && names.lastIndexOf(names[column]) === column,
  );
  const columns = Object.fromEntries(others.map((column) => [names[column], [] as string[]]));
  const dataStart = endOfLine(bytes, start) + 1;
  for (let row = nextRow(bytes, dataStart); row < bytes.length;) {
    const { cells, end } = readRow(bytes, row, delimiter.byte);
    if (cells.length !== names.length)
      throw columnCountError(file, rows.count, cells.length, { count: names.length, names });
    const name = label === undefined ? undefined : labelOf(cells[label], file, rows.count, names[label]);
    rows.add(numbersInCell(cells[pixels]), name, part === undefined ? undefined : cells[part]);
    for (const column of others) columns[names[column]].push(cells[column]);
    row = nextRow(bytes, end + 1);
  }
  return { ...rows.images(), columns };
}

export interface ListTable {
  readonly delimiter: Delimiter;
  readonly names: readonly string[];
  readonly lists: ListColumns;
  readonly file: string;
}
