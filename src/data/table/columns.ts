import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { type ImageLayout, imageLayoutOf } from './imageLayout.js';
import { parseNumber } from './cells.js';
import { isPartColumn } from './partColumn.js';

/** Names of label columns, the most specific first. */
const LABEL_NAMES = ['label', 'labels', 'class', 'classes', 'target', 'y', 'category', 'digit', 'letter'];
const LABEL_PATTERN = /(^|[_ ])(label|class)([_ ]?(name|id))?s?$/;
/** Names of columns that identify a row. */
const INDEX_PATTERN =
  /^(|unnamed: ?\d+|(image|row)?[_ ]?(id|index|idx)|row|file([_ ]?name)?|image|path|usage|split|subset|partition)$/;
/** Names of pixel columns: one or more numbers, with or without words before them. */
const PIXEL_PATTERN = /^[a-z _.-]*\d+([a-z_.,×() -]+\d+)*\)?$/;
/** The number of characters of a name that a message shows. */
const MAX_SHOWN = 20;

/** The contents of the columns of a table of images. */
export interface Columns {
  /** The number of columns. */
  readonly count: number;
  /** The names, if the table has a header. */
  readonly names: readonly string[] | undefined;
  readonly label: number | undefined;
  /** The column of each pixel, in row-major order. */
  readonly pixels: readonly number[];
  /** Says which part of the data set each row belongs to. */
  readonly part: number | undefined;
  /** Neither labels nor pixels. */
  readonly ignored: readonly number[];
  readonly layout: ImageLayout;
}

/**
 * Determines what the columns of a table contain.
 *
 * @param rows the cells of the first row and of some others; all rows but the first are data
 * @param file the name for error messages
 * @throws {InklingError} when the pixels do not form square images
 */
export function readColumns(rows: readonly (readonly string[])[], file: string): Columns {
  const [first] = rows;
  if (!isHeader(first)) return columnsByContent(rows, file);
  const [names, ...cells] = rows;
  const part = names.findIndex((name, column) =>
    isPartColumn(
      name,
      cells.map((row) => row.at(column) ?? ''),
    ),
  );
  const found = columnsByName(names, cells, file);
  if (part === -1 || part === found.label || found.pixels.includes(part)) return found;
  return { ...found, part, ignored: found.ignored.filter((column) => column !== part) };
}

/** Whether the first row of a table names its columns. */
export function isHeader(cells: readonly string[]): boolean {
  const words = cells.filter((cell) => cell !== '' && Number.isNaN(parseNumber(cell)));
  if (words.length > cells.length / 2) return true;
  if (words.some((word) => LABEL_NAMES.includes(word.toLowerCase()))) return true;
  // pandas numbers columns without names.
  const numbers = cells.filter((cell) => !words.includes(cell) && cell !== '').map(parseNumber);
  return numbers.length > 3 && numbers.every((value, i) => value === numbers[0] + i) && numbers[0] < 2;
}

function columnsByName(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  file: string,
): Columns {
  const lower = names.map((name) => name.toLowerCase());
  const all = [...names.keys()];
  const isPixel = (column: number) => PIXEL_PATTERN.test(lower[column]) && !INDEX_PATTERN.test(lower[column]);
  const named = labelByName(lower);
  const others = all.filter(
    (column) => column !== named && !isPixel(column) && !INDEX_PATTERN.test(lower[column]),
  );
  const pixels = all.filter((column) => column !== named && isPixel(column));
  const isComplete = imageLayoutOf(pixels.length) !== undefined;
  if (named === undefined && isComplete && others.length === 1) {
    return columns(names, all.length, others[0], sortPixels(pixels, lower, file), file);
  }
  if (named === undefined && !isComplete && imageLayoutOf(pixels.length - 1) !== undefined) {
    const label = labelByContent(pixels, rows);
    return columns(names, all.length, label, pixels, file);
  }
  return columns(names, all.length, named, sortPixels(pixels, lower, file), file);
}

/** The column that is named like labels, in lowercase. */
export function labelByName(names: readonly string[]): number | undefined {
  const exact = LABEL_NAMES.map((name) => names.indexOf(name)).find((column) => column !== -1);
  const similar = names.findIndex((name) => LABEL_PATTERN.test(name));
  return exact ?? (similar === -1 ? undefined : similar);
}

function columnsByContent(rows: readonly (readonly string[])[], file: string): Columns {
  const all = [...rows[0].keys()];
  if (imageLayoutOf(all.length) !== undefined) return columns(undefined, all.length, undefined, all, file);
  const label = labelByContent(all, rows);
  return columns(undefined, all.length, label, all, file);
}

/** The first or the last column: the one with words, or otherwise with fewer distinct values, unless it has only one. */
function labelByContent(candidates: readonly number[], rows: readonly (readonly string[])[]): number {
  const ends = [candidates[0], candidates[candidates.length - 1]];
  const [first, last] = ends.map(
    // Rows that are too short are reported later.
    (column) => new Set(rows.flatMap((row) => row.at(column) ?? [])),
  );
  const hasWords = (values: Set<string>) => [...values].some((value) => Number.isNaN(parseNumber(value)));
  if (hasWords(first) !== hasWords(last)) return hasWords(first) ? ends[0] : ends[1];
  const rating = ({ size }: Set<string>) => (size === 1 ? Infinity : size);
  return rating(last) < rating(first) ? ends[1] : ends[0];
}

/** Pixels in the order of their numbers; some programs sort columns as text: `pixel1`, `pixel10`, `pixel100`. */
function sortPixels(pixels: readonly number[], names: readonly string[], file: string): number[] {
  const numbersOf = (column: number) => (names[column].match(/\d+/g) ?? []).map(Number);
  const compare = (a: number, b: number): number => {
    const [first, second] = [numbersOf(a), numbersOf(b)];
    const differing = first.findIndex((number, i) => number !== second[i]);
    return differing === -1 ? 0 : first[differing] - second[differing];
  };
  const sorted = [...pixels].sort(compare);
  const gap = sorted.findIndex(
    (column, i) =>
      i > 0 && numbersOf(column).length === 1 && numbersOf(column)[0] !== numbersOf(sorted[i - 1])[0] + 1,
  );
  if (gap === -1) return sorted;
  throw new InklingError(
    `${file}: the column after "${names[sorted[gap - 1]]}" is "${names[sorted[gap]].slice(0, MAX_SHOWN)}", expected the next pixel; check for missing columns`,
  );
}

/** @param candidates the columns of pixels, possibly with that of the labels */
function columns(
  names: readonly string[] | undefined,
  count: number,
  label: number | undefined,
  candidates: readonly number[],
  file: string,
): Columns {
  const pixels = candidates.filter((column) => column !== label);
  const layout = imageLayoutOf(pixels.length);
  if (layout === undefined) {
    throw new InklingError(
      `${file}: has ${formatCount(pixels.length)} pixel columns, expected a square number, such as 784 for images of 28×28, or three times one for color images; ` +
        'check for missing columns, or name the columns label, pixel0, pixel1, …',
    );
  }
  const used = new Set([label, ...pixels]);
  const ignored = Array.from({ length: count }, (_, column) => column).filter((column) => !used.has(column));
  return { count, names, label, pixels, part: undefined, ignored, layout };
}

/**
 * Converts a label to a class name: `3.0`, as pandas writes integers in a column with missing values, becomes `3`.
 *
 * @throws {InklingError} when there is none
 */
export function labelOf(text: string, file: string, row: number, name = 'label'): string {
  if (text === '') {
    throw new InklingError(
      `${file}: row ${row + 1}, ${name}: expected a label, got nothing; add it or remove the row`,
    );
  }
  const value = Number(text);
  return Number.isInteger(value) ? String(value) : text;
}

/** The error for a row with another number of columns than the table. */
export function columnCountError(
  file: string,
  row: number,
  found: number,
  { count, names }: Pick<Columns, 'count' | 'names'>,
): InklingError {
  const reference = names === undefined ? 'in the first row' : 'in the header';
  return new InklingError(`${file}: row ${row + 1} has ${found} columns, expected ${count} as ${reference}`);
}
