import { InklingError } from '../core/errors.js';

/** Square images of one channel, as a table of Kaggle's digit recognizer holds them. */
export interface CsvImages {
  /** `[count, side, side, 1]`, from 0 to 255 */
  readonly pixels: Uint8Array;
  readonly side: number;
  /** `[count]`, where the table has them. */
  readonly labels: Uint8Array | undefined;
}

const [COMMA, LINE_FEED, RETURN] = [0x2c, 0x0a, 0x0d];
const [ZERO, NINE] = [0x30, 0x39];
const LABEL = 'label';
const LARGEST = 255;
/** As much of a field as a message shows. */
const SHOWN = 20;

/**
 * Reads a table with the columns `label,pixel0,pixel1,…`, or without the first: a row an image, each number from 0 to 255.
 * Written for it alone, since a reader of any CSV takes many times as long for millions of numbers.
 *
 * @param file the name for error messages
 * @throws {InklingError} that names the line and column of what is wrong
 */
export function parseCsvImages(bytes: Uint8Array, file: string): CsvImages {
  const headerEnd = endOfLine(bytes, 0);
  const { side, isLabelled } = parseHeader(new TextDecoder().decode(bytes.subarray(0, headerEnd)), file);
  const columns = side * side + (isLabelled ? 1 : 0);
  const rows = countRows(bytes, headerEnd + 1);
  if (rows === 0) throw new InklingError(`${file}: has no rows below its header; expected one an image`);
  const values = new Uint8Array(rows * columns);
  const table: Table = { bytes, file, columns, isLabelled };
  let at = headerEnd + 1;
  for (let row = 0; row < rows; row++) at = parseRow(table, row, at, values);
  if (!isLabelled) return { pixels: values, side, labels: undefined };
  return { ...withoutLabels(values, rows, columns), side };
}

interface Table {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly columns: number;
  readonly isLabelled: boolean;
}

/** The end of a line, its line feed or the end of the file. */
function endOfLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(LINE_FEED, start);
  return end === -1 ? bytes.length : end;
}

function parseHeader(line: string, file: string): { side: number; isLabelled: boolean } {
  const names = line
    .replace(/^\uFEFF|\r$/g, '')
    .split(',')
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const isLabelled = names[0] === LABEL;
  const pixels = isLabelled ? names.slice(1) : names;
  const wrong = pixels.findIndex((name, at) => name !== `pixel${at}`);
  if (wrong !== -1) {
    const expected = wrong === 0 && !isLabelled ? '"label" or "pixel0"' : `"pixel${wrong}"`;
    throw new InklingError(
      `${file}: column ${wrong + (isLabelled ? 2 : 1)} is "${pixels[wrong].slice(0, SHOWN)}", expected ${expected}: the columns are label, if there is one, and pixel0, pixel1, … in order`,
    );
  }
  const side = Math.sqrt(pixels.length);
  if (!Number.isInteger(side) || side === 0) {
    throw new InklingError(
      `${file}: has ${pixels.length} columns of pixels, expected a square number, such as 784 for images of 28×28; are columns missing?`,
    );
  }
  return { side, isLabelled };
}

/** Lines that are not empty. */
function countRows(bytes: Uint8Array, start: number): number {
  let rows = 0;
  for (let at = start; at < bytes.length; at = endOfLine(bytes, at) + 1) {
    if (!isBlank(bytes, at)) rows += 1;
  }
  return rows;
}

function isBlank(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LINE_FEED || (bytes[at] === RETURN && bytes[at + 1] === LINE_FEED);
}

/** Reads one row and returns where the next begins. */
function parseRow(table: Table, row: number, start: number, values: Uint8Array): number {
  const { bytes, columns } = table;
  let at = start;
  while (isBlank(bytes, at)) at = endOfLine(bytes, at) + 1;
  const first = row * columns;
  for (let column = 0; column < columns; column++) {
    let value = 0;
    const fieldStart = at;
    while (bytes[at] >= ZERO && bytes[at] <= NINE) value = value * 10 + bytes[at++] - ZERO;
    if (at === fieldStart || value > LARGEST || !isEnd(bytes, at))
      throw wrongField(table, row, column, fieldStart);
    values[first + column] = value;
    const isLast = column === columns - 1;
    if ((bytes[at] === COMMA) === isLast) throw wrongLength(table, row, start);
    if (!isLast) at += 1;
  }
  return endOfLine(bytes, at) + 1;
}

function isEnd(bytes: Uint8Array, at: number): boolean {
  if (at === bytes.length) return true;
  const sign = bytes[at];
  return sign === COMMA || sign === LINE_FEED || (sign === RETURN && bytes[at + 1] !== COMMA);
}

function wrongField(
  { bytes, file, isLabelled }: Table,
  row: number,
  column: number,
  start: number,
): InklingError {
  const end = endOfLine(bytes, start);
  const [text] = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + SHOWN))).split(/[,\r]/);
  const name = isLabelled ? (column === 0 ? LABEL : `pixel${column - 1}`) : `pixel${column}`;
  return new InklingError(
    `${file}: row ${row + 1}, ${name}: "${text}", expected a whole number from 0 to ${LARGEST}`,
  );
}

function wrongLength({ bytes, file, columns }: Table, row: number, start: number): InklingError {
  const line = bytes.subarray(start, endOfLine(bytes, start));
  const found = line.reduce((count, sign) => count + (sign === COMMA ? 1 : 0), 1);
  return new InklingError(
    `${file}: row ${row + 1} has ${found} columns, expected ${columns} as the header has`,
  );
}

function withoutLabels(
  values: Uint8Array,
  rows: number,
  columns: number,
): { pixels: Uint8Array; labels: Uint8Array } {
  const labels = new Uint8Array(rows);
  const pixels = new Uint8Array(rows * (columns - 1));
  for (let row = 0; row < rows; row++) {
    labels[row] = values[row * columns];
    pixels.set(values.subarray(row * columns + 1, (row + 1) * columns), row * (columns - 1));
  }
  return { pixels, labels };
}
