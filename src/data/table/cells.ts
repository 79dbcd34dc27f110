/** Bytes that separate cells and rows. */
export const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [0x0a, 0x0d, 0x22];

const [TAB, SEMICOLON, COMMA, SPACE] = [0x09, 0x3b, 0x2c, 0x20];

/** Cell separators; those that also occur within cells come last. */
const DELIMITERS = [
  { byte: TAB, name: 'tabs' },
  { byte: SEMICOLON, name: 'semicolons' },
  { byte: COMMA, name: 'commas' },
  { byte: SPACE, name: 'spaces' },
] as const;

export type Delimiter = (typeof DELIMITERS)[number];

/** The separator of a table, detected from one of its lines; a comma if the line has only one cell. */
export function delimiterOf(line: Uint8Array): Delimiter {
  const counts = DELIMITERS.map(({ byte }) => line.reduce((count, each) => count + Number(each === byte), 0));
  const most = Math.max(...counts);
  // A decimal comma is as frequent as the separator, and a semicolon in a label is rare.
  const index = counts.findIndex((count) => count > 0 && 4 * count >= most);
  return DELIMITERS[index === -1 ? 2 : index];
}

/** The position of the line feed that ends a line, or the end of the file. */
export function endOfLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(LINE_FEED, start);
  return end === -1 ? bytes.length : end;
}

function isBlankLine(bytes: Uint8Array, position: number): boolean {
  const byte = bytes[position];
  return byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[position + 1] === LINE_FEED);
}

/** The start of the first row that is not blank, or the end of the file. */
export function nextRow(bytes: Uint8Array, start: number): number {
  let position = start;
  while (position < bytes.length && isBlankLine(bytes, position)) position = endOfLine(bytes, position) + 1;
  return Math.min(position, bytes.length);
}

/** A cell as text without its quotes, and the position of the separator or line end that follows it. */
export function readCell(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
): { readonly text: string; readonly end: number } {
  let end = start;
  let isQuoted = false;
  while (end < bytes.length) {
    const byte = bytes[end];
    if (byte === QUOTE) isQuoted = !isQuoted;
    if (!isQuoted && (byte === delimiter || byte === LINE_FEED)) break;
    end += 1;
  }
  const text = new TextDecoder().decode(bytes.subarray(start, end)).trim();
  return { text: text.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'), end };
}

/** The cells of one row, and the position of the line end that follows it. */
export function readRow(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
): { readonly cells: string[]; readonly end: number } {
  const cells: string[] = [];
  for (let position = start; ;) {
    const { text, end } = readCell(bytes, position, delimiter);
    cells.push(text);
    if (bytes[end] !== delimiter) return { cells, end };
    position = end + 1;
  }
}

/** A number as spreadsheets write it, with a decimal point or comma; NaN for anything else. */
export function parseNumber(text: string): number {
  return text === '' ? NaN : Number(text.replace(',', '.'));
}

/** Converts a table with any byte order mark and line endings to UTF-8 with line feeds. */
export function normalizeText(bytes: Uint8Array): Uint8Array {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const text = isUtf16 ? new TextEncoder().encode(new TextDecoder(encoding).decode(bytes)) : bytes;
  const content = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text;
  const hasOldLineEnds = !content.includes(LINE_FEED) && content.includes(CARRIAGE_RETURN);
  return hasOldLineEnds ? content.map((byte) => (byte === CARRIAGE_RETURN ? LINE_FEED : byte)) : content;
}
