import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { labelByName } from '../table/columns.js';
import type { ParquetColumn, ParquetFile } from './parquetFile.js';

const IMAGE_NAMES = [
  'image',
  'img',
  'picture',
  'photo',
  'image_bytes',
  'jpg',
  'jpeg',
  'png',
  'file',
  'bytes',
  'content',
];

/** What the Hugging Face library stores with a table: the names of classes, in the order of their numbers. */
const featuresSchema = z.object({
  info: z.object({
    features: z.record(z.string(), z.object({ names: z.array(z.string()).optional() }).catch({})),
  }),
});
const METADATA_KEY = 'huggingface';

/** The column with the labels. */
export interface LabelColumn {
  readonly name: string;
  /** The names of the classes, if labels are numbers with names. */
  readonly classes: readonly string[] | undefined;
}

/** The names of classes by the name of the column with their numbers. */
function classNames({ keyValues }: ParquetFile): ReadonlyMap<string, readonly string[]> {
  const text = keyValues.get(METADATA_KEY);
  if (text === undefined) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The numbers of the classes are their names then, as without this text.
    return new Map();
  }
  const { success, data } = featuresSchema.safeParse(value);
  if (!success) return new Map();
  const named = Object.entries(data.info.features);
  return new Map(named.flatMap(([name, { names }]) => (names === undefined ? [] : [[name, names]])));
}

/**
 * The column with image files, as bytes or a structure `{ bytes, path }`; undefined if there is none.
 *
 * @throws {InklingError} when several columns could be it
 */
export function findImageColumn({ columns, path }: ParquetFile): ParquetColumn | undefined {
  const candidates = columns.filter(({ content, hasImageBytes }) => hasImageBytes || content === 'bytes');
  if (candidates.length < 2) return candidates.at(0);
  const named = candidates.find(({ name }) => IMAGE_NAMES.includes(name.toLowerCase()));
  if (named !== undefined) return named;
  throw new InklingError(
    `${path}: expected one column of images, got ${listColumns(candidates)}; keep one of them, or name it "image"`,
  );
}

/**
 * The column with the labels: one with class names, one named like labels, or the only one of numbers or text.
 *
 * @param without the columns that have other contents
 */
export function findLabelColumn(file: ParquetFile, without: readonly string[]): LabelColumn | undefined {
  const classes = classNames(file);
  const candidates = file.columns.filter(
    ({ name, content }) => !without.includes(name) && (content === 'number' || content === 'text'),
  );
  const withClasses = candidates.find(({ name }) => classes.has(name));
  const byName = labelByName(candidates.map(({ name }) => name.toLowerCase()));
  const only = candidates.length === 1 ? candidates[0] : undefined;
  const label = withClasses ?? (byName === undefined ? only : candidates[byName]);
  if (label === undefined && candidates.length > 1) {
    throw new InklingError(
      `${file.path}: expected a column "label", got ${listColumns(candidates)}; name the column with the labels so`,
    );
  }
  return label && { name: label.name, classes: classes.get(label.name) };
}

/**
 * The class of a row; undefined if it has no label. The Hugging Face library marks rows without one with -1.
 *
 * @throws {InklingError} when it is a number without a name
 */
export function labelOfValue(
  value: unknown,
  { name, classes }: LabelColumn,
  row: number,
  path: string,
): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = textOf(value);
  if (classes === undefined || typeof value === 'string') return text;
  const known = classes.at(Number(value));
  if (Number(value) === -1) return undefined;
  if (known !== undefined && Number(value) >= 0) return known;
  throw new InklingError(
    `${path}: row ${row + 1}, ${name}: the label ${text} has no name, expected a number from 0 to ${classes.length - 1}`,
  );
}

/** A value of a column as text; lists of any depth with spaces between their values. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.flat(Infinity).map(textOf).join(' ');
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

/** The names of columns for a message: `"image", "label"`. */
export function listColumns(columns: readonly ParquetColumn[]): string {
  return columns.map(({ name }) => `"${name}"`).join(', ');
}
