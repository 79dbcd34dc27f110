import { InklingError } from '../../core/errors.js';
import { formatCount, formatPlural } from '../../core/format.js';
import { MAX_BYTE } from '../../core/pixels.js';
import type { Shape } from '../../core/shape.js';
import type { DatasetPart } from '../parts.js';
import { describePixels, type LabeledImages } from '../labeledImages.js';
import {
  CARRIAGE_RETURN,
  type Delimiter,
  delimiterOf,
  endOfLine,
  LINE_FEED,
  nextRow,
  normalizeText,
  parseNumber,
  QUOTE,
  readCell,
  readRow,
} from './cells.js';
import { columnCountError, type Columns, isHeader, labelOf, readColumns } from './columns.js';
import { partOfCell } from './partColumn.js';
import { findListColumns } from './listColumns.js';
import { parseLists } from './parseLists.js';

const [ZERO, NINE] = [0x30, 0x39];
/** The number of rows from which unnamed columns are identified. */
const MAX_SAMPLED_ROWS = 200;
/** The number of characters of a cell that a message shows. */
const MAX_SHOWN = 20;

/**
 * Parses a table of square images, one per row, as spreadsheets, pandas, and NumPy write them: separated by commas, semicolons,
 * tabs, or spaces, with or without a header, a column of labels, and quotes. A general CSV parser would take many times as long
 * for millions of numbers.
 *
 * @param file the name for error messages
 * @throws {InklingError} that names the row and column that is malformed
 */
export function parseTable(stored: Uint8Array, file: string): LabeledImages {
  const bytes = normalizeText(stored);
  const start = nextRow(bytes, 0);
  if (start === bytes.length) throw new InklingError(`${file}: is empty; expected one row per image`);
  const delimiter = delimiterOf(bytes.subarray(start, endOfLine(bytes, start)));
  const rows = sampleRows(bytes, start, delimiter.byte);
  const [names] = rows;
  const lists = isHeader(names) ? findListColumns(names, rows.slice(1)) : undefined;
  if (lists !== undefined) return parseLists(bytes, start, { delimiter, names, lists, file });
  const columns = readColumns(rows, file);
  const table: Table = { bytes, file, columns, delimiter };
  const dataStart = columns.names === undefined ? start : endOfLine(bytes, start) + 1;
  const parsed = parseRows(table, dataStart, 1);
  if (parsed.count === 0)
    throw new InklingError(`${file}: has no rows after its header; expected one row per image`);
  // Values from 0 to 1 rather than 255.
  const isUnit = parsed.max <= 1 && parsed.max > 0;
  const { pixels, labels, parts, others } = isUnit ? parseRows(table, dataStart, MAX_BYTE) : parsed;
  return {
    pixels,
    shape: shapeOf(columns),
    labels,
    parts,
    columns: others,
    interpretation: describe(table, parsed.count, isUnit),
  };
}

/** The shape of an image. */
function shapeOf({ layout: { side, channels } }: Columns): Shape {
  return [side, side, channels];
}

interface Table {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly columns: Columns;
  readonly delimiter: Delimiter;
}

/** The cells of the first row and of rows from all parts of the table, which may be sorted by label. */
function sampleRows(bytes: Uint8Array, start: number, delimiter: number): string[][] {
  const rows = [readRow(bytes, start, delimiter).cells];
  const step = (bytes.length - start) / MAX_SAMPLED_ROWS;
  let position = start;
  while (rows.length <= MAX_SAMPLED_ROWS) {
    const line = Math.max(position, Math.floor(start + (rows.length - 1) * step));
    position = nextRow(bytes, endOfLine(bytes, line) + 1);
    if (position === bytes.length) break;
    rows.push(readRow(bytes, position, delimiter).cells);
  }
  return rows;
}

interface ParsedRows {
  readonly count: number;
  readonly pixels: Uint8Array;
  readonly labels: readonly string[] | undefined;
  readonly parts: readonly DatasetPart[] | undefined;
  /** The ignored columns, by name, if the table has a header. */
  readonly others: Readonly<Record<string, readonly string[]>> | undefined;
  /** The largest pixel before scaling. */
  readonly max: number;
}

/** @param scale by which pixels are multiplied before they are rounded */
function parseRows(table: Table, start: number, scale: number): ParsedRows {
  const { bytes, columns } = table;
  const size = columns.pixels.length;
  const pixelOf = new Int32Array(columns.count).fill(-1);
  columns.pixels.forEach((column, pixel) => (pixelOf[column] = pixel));
  const pixels = new Uint8Array(countLines(bytes, start) * size);
  const labels: string[] = [];
  const parts: DatasetPart[] = [];
  const others = new Map(columns.ignored.map((column) => [column, [] as string[]]));
  let [count, max] = [0, 0];
  for (let rowStart = nextRow(bytes, start); rowStart < bytes.length;) {
    let position = rowStart;
    for (let column = 0; column < columns.count; column++) {
      if (pixelOf[column] === -1) {
        const { text, end: cellEnd } = readCell(bytes, position, table.delimiter.byte);
        if (column === columns.label) labels.push(labelOf(text, table.file, count, columns.names?.[column]));
        if (column === columns.part)
          parts.push(partOfCell(text, table.file, count, columns.names?.[column] ?? ''));
        others.get(column)?.push(text);
        position = cellEnd;
      } else {
        const { value, end } = readNumber(bytes, position, table.delimiter.byte);
        if (!(value >= 0 && value <= MAX_BYTE)) throw cellError(table, count, column, position, rowStart);
        if (value > max) max = value;
        pixels[count * size + pixelOf[column]] = Math.round(value * scale);
        position = end;
      }
      const isLast = column === columns.count - 1;
      if ((bytes[position] === table.delimiter.byte) === isLast) throw countError(table, count, rowStart);
      if (!isLast) position += 1;
    }
    rowStart = nextRow(bytes, position + 1);
    count += 1;
  }
  return {
    count,
    pixels: pixels.subarray(0, count * size),
    labels: columns.label === undefined ? undefined : labels,
    parts: columns.part === undefined ? undefined : parts,
    others:
      columns.names &&
      Object.fromEntries([...others].map(([column, cells]) => [columns.names?.[column] ?? '', cells])),
    max,
  };
}

/** An upper bound on the number of rows. */
function countLines(bytes: Uint8Array, start: number): number {
  let lines = 1;
  for (let position = start; position < bytes.length; position = endOfLine(bytes, position) + 1) lines += 1;
  return lines;
}

const cell = { value: 0, end: 0 };

/** Reads a cell as a number, NaN for anything else. Returns the same object each time, since there are millions of cells. */
function readNumber(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
): { readonly value: number; readonly end: number } {
  const isQuoted = bytes[start] === QUOTE;
  let position = isQuoted ? start + 1 : start;
  const first = position;
  let value = 0;
  while (bytes[position] >= ZERO && bytes[position] <= NINE) value = value * 10 + bytes[position++] - ZERO;
  const hasDigits = position > first;
  const isClosed = !isQuoted || bytes[position] === QUOTE;
  if (isQuoted && isClosed) position += 1;
  if (bytes[position] === CARRIAGE_RETURN) position += 1;
  const isEnd = position === bytes.length || bytes[position] === delimiter || bytes[position] === LINE_FEED;
  if (hasDigits && isClosed && isEnd) {
    cell.value = value;
    cell.end = position;
    return cell;
  }
  const { text, end } = readCell(bytes, start, delimiter);
  cell.value = parseNumber(text);
  cell.end = end;
  return cell;
}

function cellError(
  { bytes, file, columns, delimiter }: Table,
  row: number,
  column: number,
  start: number,
  rowStart: number,
): InklingError {
  const found = readRow(bytes, rowStart, delimiter.byte).cells.length;
  if (found !== columns.count) return columnCountError(file, row, found, columns);
  const { text } = readCell(bytes, start, delimiter.byte);
  const name = columns.names?.[column] ?? `column ${column + 1}`;
  return new InklingError(
    `${file}: row ${row + 1}, ${name}: expected a number from 0 to ${MAX_BYTE}, got "${text.slice(0, MAX_SHOWN)}"`,
  );
}

function countError({ bytes, file, columns, delimiter }: Table, row: number, rowStart: number): InklingError {
  return columnCountError(file, row, readRow(bytes, rowStart, delimiter.byte).cells.length, columns);
}

/** `read as a table with a header, separated by commas: label in column 1 ("label"), 784 pixels as 28×28 grayscale` */
function describe({ columns, delimiter }: Table, rows: number, isUnit: boolean): string {
  const { names, label, pixels, part, ignored } = columns;
  const nameOf = (column: number) => (names === undefined ? String(column + 1) : `"${names[column]}"`);
  const parts = [
    label === undefined ? 'no labels' : `labels from column ${nameOf(label)}`,
    `${formatCount(pixels.length)} pixel columns as ${describePixels(shapeOf(columns))}`,
    ...(part === undefined ? [] : [`parts from column ${nameOf(part)}`]),
    ...(isUnit ? ['values from 0 to 1'] : []),
    ...(ignored.length === 0 ? [] : [`ignored columns: ${ignored.map(nameOf).join(', ')}`]),
  ];
  return `read as a table of ${formatPlural(rows, 'row')}, ${names === undefined ? 'without' : 'with'} a header, separated by ${delimiter.name}; ${parts.join('; ')}`;
}
