import { InklingError } from '../../core/errors.js';
import { unknownName } from '../../core/suggest.js';
import { partNamed } from '../partNames.js';
import { DATASET_PARTS, type DatasetPart } from '../parts.js';

const PART_COLUMN = /^(usage|split|subset|partition|set|part)$/i;

/** In lowercase: parts in the tables of Kaggle's competitions, such as FER2013, of which the private test set is the final one. */
const COMPETITION_PARTS: Readonly<Record<string, DatasetPart>> = {
  publictest: 'validation',
  privatetest: 'test',
};

/** The number of characters of a cell that a message shows. */
const MAX_SHOWN = 20;

/** The part of a data set that a cell names: `Training`, `val`, `PrivateTest`. */
function partInCell(text: string): DatasetPart | undefined {
  return partNamed(text) ?? COMPETITION_PARTS[text.toLowerCase()];
}

/** Whether a column says which part of the data set each row belongs to. */
export function isPartColumn(name: string, cells: readonly string[]): boolean {
  return PART_COLUMN.test(name) && cells.length > 0 && cells.every((cell) => partInCell(cell) !== undefined);
}

/**
 * The part of a data set that a cell names.
 *
 * @param name of the column
 * @throws {InklingError} when it names none
 */
export function partOfCell(text: string, file: string, row: number, name: string): DatasetPart {
  const part = partInCell(text);
  if (part !== undefined) return part;
  const unknown = unknownName('part of the data set', text.slice(0, MAX_SHOWN), DATASET_PARTS);
  throw new InklingError(`${file}: row ${row + 1}, ${name}: ${unknown}`);
}
