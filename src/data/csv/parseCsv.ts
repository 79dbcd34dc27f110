import { InklingError } from '../../core/errors.js';
import { MAX_BYTE } from '../../core/pixels.js';

/** Square grayscale images from a table in the format of Kaggle's Digit Recognizer. */
export interface CsvImages {
  /** `[count, side, side, 1]`, from 0 to 255 */
  readonly pixels: Uint8Array;
  readonly side: number;
  /** `[count]`, if the table has them. */
  readonly labels: Uint8Array | undefined;
}

const [COMMA, LINE_FEED, CARRIAGE_RETURN] = [0x2c, 0x0a, 0x0d];
const [ZERO, NINE] = [0x30, 0x39];
const LABEL = 'label';
/** The number of characters of a field that a message shows. */
const MAX_SHOWN = 20;

/**
 * Parses a table with the columns `label,pixel0,pixel1,…`, where `label` may be missing: one row per image, with numbers from
 * 0 to 255. A general CSV parser would take many times as long for millions of numbers.
 *
 * @param file the name for error messages
 * @throws {InklingError} that names the row and column that is malformed
 */
export function parseCsvImages(bytes: Uint8Array, file: string): CsvImages {
  const headerEnd = endOfLine(bytes, 0);
  const { side, isLabelled } = parseHeader(new TextDecoder().decode(bytes.subarray(0, headerEnd)), file);
  const columns = side * side + (isLabelled ? 1 : 0);
  const rows = countRows(bytes, headerEnd + 1);
  if (rows === 0) throw new InklingError(`${file}: has no rows after its header; expected one row per image`);
  const values = new Uint8Array(rows * columns);
  const table: Table = { bytes, file, columns, isLabelled };
  let position = headerEnd + 1;
  for (let row = 0; row < rows; row++) position = parseRow(table, row, position, values);
  if (!isLabelled) return { pixels: values, side, labels: undefined };
  return { ...separateLabels(values, rows, columns), side };
}

interface Table {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly columns: number;
  readonly isLabelled: boolean;
}

/** The position of the line feed that ends a line, or the end of the file. */
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
  const wrong = pixels.findIndex((name, index) => name !== `pixel${index}`);
  if (wrong !== -1) {
    const expected = wrong === 0 && !isLabelled ? '"label" or "pixel0"' : `"pixel${wrong}"`;
    throw new InklingError(
      `${file}: column ${wrong + (isLabelled ? 2 : 1)} is "${pixels[wrong].slice(0, MAX_SHOWN)}", expected ${expected}; the columns must be label (optional), pixel0, pixel1, … in this order`,
    );
  }
  const side = Math.sqrt(pixels.length);
  if (!Number.isInteger(side) || side === 0) {
    throw new InklingError(
      `${file}: has ${pixels.length} pixel columns, expected a square number, such as 784 for images of 28×28; check for missing columns`,
    );
  }
  return { side, isLabelled };
}

/** The number of lines that are not empty. */
function countRows(bytes: Uint8Array, start: number): number {
  let rows = 0;
  for (let position = start; position < bytes.length; position = endOfLine(bytes, position) + 1) {
    if (!isBlank(bytes, position)) rows += 1;
  }
  return rows;
}

function isBlank(bytes: Uint8Array, position: number): boolean {
  const byte = bytes[position];
  return byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[position + 1] === LINE_FEED);
}

/** Parses one row and returns the position of the next. */
function parseRow(table: Table, row: number, start: number, values: Uint8Array): number {
  const { bytes, columns } = table;
  let position = start;
  while (isBlank(bytes, position)) position = endOfLine(bytes, position) + 1;
  const first = row * columns;
  for (let column = 0; column < columns; column++) {
    let value = 0;
    const fieldStart = position;
    while (bytes[position] >= ZERO && bytes[position] <= NINE) value = value * 10 + bytes[position++] - ZERO;
    if (position === fieldStart || value > MAX_BYTE || !isEndOfField(bytes, position))
      throw fieldError(table, row, column, fieldStart);
    values[first + column] = value;
    const isLast = column === columns - 1;
    if ((bytes[position] === COMMA) === isLast) throw columnCountError(table, row, start);
    if (!isLast) position += 1;
  }
  return endOfLine(bytes, position) + 1;
}

function isEndOfField(bytes: Uint8Array, position: number): boolean {
  if (position === bytes.length) return true;
  const byte = bytes[position];
  return byte === COMMA || byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[position + 1] !== COMMA);
}

function fieldError(
  { bytes, file, isLabelled }: Table,
  row: number,
  column: number,
  start: number,
): InklingError {
  const end = endOfLine(bytes, start);
  const [text] = new TextDecoder()
    .decode(bytes.subarray(start, Math.min(end, start + MAX_SHOWN)))
    .split(/[,\r]/);
  const name = isLabelled ? (column === 0 ? LABEL : `pixel${column - 1}`) : `pixel${column}`;
  return new InklingError(
    `${file}: row ${row + 1}, ${name}: expected a whole number from 0 to ${MAX_BYTE}, got "${text}"`,
  );
}

function columnCountError({ bytes, file, columns }: Table, row: number, start: number): InklingError {
  const line = bytes.subarray(start, endOfLine(bytes, start));
  const found = line.reduce((count, byte) => count + (byte === COMMA ? 1 : 0), 1);
  return new InklingError(
    `${file}: row ${row + 1} has ${found} columns, expected ${columns} as in the header`,
  );
}

function separateLabels(
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
