import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import type { LabeledImages } from '../labeledImages.js';
import { readColumns } from '../table/columns.js';
import { findListColumns, numbersInCell } from '../table/listColumns.js';
import { PixelRows } from '../table/pixelRows.js';
import { findLabelColumn, labelOfValue, textOf } from './parquetContent.js';
import type { ParquetFile } from './parquetFile.js';

/** The number of rows from which columns are identified. */
const MAX_SAMPLED_ROWS = 200;

/**
 * Reads images whose pixels are numbers: in one column each, or in a column of lists or of text.
 *
 * @throws {InklingError} when the file is damaged, or contains no square images
 */
export async function readPixels(file: ParquetFile): Promise<LabeledImages> {
  const { path } = file;
  const names = file.columns.map(({ name }) => name);
  if (file.rows === 0) throw new InklingError(`${path}: has no rows; expected one row per image`);
  const first = rowsOf(await file.readGroup(0, names), names);
  const columns = findColumns(names, first.slice(0, MAX_SAMPLED_ROWS), path);
  const label = findLabelColumn(file, columns.others);
  const rows = new PixelRows(path, {
    pixels: columns.description,
    label: label?.name,
    part: columns.part === undefined ? undefined : names[columns.part],
  });
  for (let group = 0; group < file.groups; group++) {
    const groupRows = group === 0 ? first : rowsOf(await file.readGroup(group, names), names);
    for (const row of groupRows) {
      const value = label && labelOfValue(row[names.indexOf(label.name)], label, rows.count, path);
      if (label !== undefined && value === undefined) {
        throw new InklingError(
          `${path}: row ${rows.count + 1}, ${label.name}: expected a label, got nothing; remove the rows without one`,
        );
      }
      rows.add(columns.read(row), value, columns.part === undefined ? undefined : textOf(row[columns.part]));
    }
  }
  return rows.images();
}

/** Where the parts of a row are. */
interface PixelColumns {
  readonly read: (row: readonly unknown[]) => Float32Array;
  readonly description: string;
  readonly part: number | undefined;
  /** The columns that have no labels. */
  readonly others: readonly string[];
}

function findColumns(
  names: readonly string[],
  sample: readonly (readonly unknown[])[],
  path: string,
): PixelColumns {
  const cells = sample.map((row) => row.map(textOf));
  const lists = findListColumns(names, cells);
  if (lists !== undefined) {
    const { pixels, part } = lists;
    return {
      read: (row) => numbersOf(row[pixels]),
      description: `pixels from column "${names[pixels]}"`,
      part,
      others: [pixels, part].flatMap((column) => (column === undefined ? [] : [names[column]])),
    };
  }
  const { pixels, label, part } = readColumns([names, ...cells], path);
  return {
    read: (row) => Float32Array.from(pixels, (column) => numberOf(row[column])),
    description: `${formatCount(pixels.length)} pixel columns`,
    part,
    others: names.filter((_, column) => column !== label),
  };
}

/** The values of a row group by row. */
function rowsOf(group: ReadonlyMap<string, readonly unknown[]>, names: readonly string[]): unknown[][] {
  const columns = names.map((name) => group.get(name) ?? []);
  return Array.from({ length: columns[0].length }, (_, row) => columns.map((values) => values[row]));
}

/** The numbers of a list of any depth, or of text. */
function numbersOf(value: unknown): Float32Array {
  return Array.isArray(value)
    ? Float32Array.from(value.flat(Infinity), numberOf)
    : numbersInCell(textOf(value));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
}
