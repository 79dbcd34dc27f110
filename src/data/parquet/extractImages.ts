import { basename } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { formatPlural, listFirst } from '../../core/format.js';
import type { ScratchFile } from '../../platform/scratchFile.js';
import { nameLabels } from '../classes.js';
import type { DatasetUse } from '../holdOutTest.js';
import { checkFileCount, type ListedFile } from '../files/listing.js';
import type { ImageFolderOptions } from '../imageFolder/decodedDataset.js';
import type { ClassifiedFile, Layout } from '../imageFolder/layout.js';
import { DATASET_PARTS, type DatasetPart } from '../parts.js';
import { findLabelColumn, labelOfValue, listColumns } from './parquetContent.js';
import type { ParquetColumn, ParquetFile } from './parquetFile.js';

/** More bytes of image files must be unpacked by the user. */
const MAX_IMAGE_BYTES = 2 ** 34;
const MAX_LISTED = 5;

/** A Parquet file with image files, and the part of the data set that it contains. */
export interface ImageTable {
  readonly file: ParquetFile;
  readonly part: DatasetPart;
  readonly image: ParquetColumn;
}

interface LabeledFile {
  readonly file: ListedFile;
  readonly part: DatasetPart;
  readonly class: string;
}

/**
 * Copies the image files in the rows of tables to a temporary file, from which all threads can read.
 *
 * @param location the data set, for error messages
 * @throws {InklingError} when a table is damaged or has no labels; the signal's reason if it is aborted
 */
export async function extractImages(
  tables: readonly ImageTable[],
  scratch: ScratchFile,
  location: string,
  { use, signal }: Pick<ImageFolderOptions, 'use' | 'signal'>,
): Promise<Layout> {
  const files: LabeledFile[] = [];
  const notes = new Set<string>();
  let unlabeled = 0;
  let order: readonly string[] = [];
  for (const { file, part, image } of tables) {
    const label = findLabelColumn(file, [image.name]);
    if (label === undefined) {
      throw new InklingError(
        `${file.path}: expected a column of labels next to the images, such as "label", got ${listColumns(file.columns)}`,
      );
    }
    order = label.classes ?? order;
    const ignored = file.columns.filter(({ name }) => name !== image.name && name !== label.name);
    notes.add(describeColumns(image.name, label.name, ignored));
    let row = 0;
    for (let group = 0; group < file.groups; group++) {
      signal?.throwIfAborted();
      const values = await file.readGroup(group, [image.name, label.name]);
      const labels = values.get(label.name) ?? [];
      for (const [index, value] of (values.get(image.name) ?? []).entries()) {
        const name = labelOfValue(labels[index], label, row, file.path);
        row += 1;
        if (name === undefined) unlabeled += 1;
        else {
          const listed = { ...storeImage(value, scratch), name: `${basename(file.path)}, row ${row}` };
          files.push({ file: listed, part, class: name });
        }
      }
      checkFileCount(files.length, location);
      if (scratch.bytes > MAX_IMAGE_BYTES) {
        throw new InklingError(
          `${location}: its image files have more than ${MAX_IMAGE_BYTES / 2 ** 30} GiB; use fewer of them`,
        );
      }
    }
  }
  if (unlabeled > 0) notes.add(`ignored: ${formatPlural(unlabeled, 'image')} without a label`);
  return layoutOf(files, order, location, use, [...notes]);
}

function storeImage(value: unknown, scratch: ScratchFile): Omit<ListedFile, 'name'> {
  const bytes = value instanceof Uint8Array ? value : bytesField(value);
  const { path } = scratch;
  if (bytes === undefined) {
    return {
      path,
      offset: 0,
      bytes: 0,
      problem: 'the row has no image; expected its bytes, not only its path',
    };
  }
  return { path, offset: scratch.append(bytes), bytes: bytes.length };
}

function bytesField(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return undefined;
  return value.bytes instanceof Uint8Array ? value.bytes : undefined;
}

/** @param order the classes in the order of their numbers, if they have names */
function layoutOf(
  files: readonly LabeledFile[],
  order: readonly string[],
  location: string,
  use: DatasetUse,
  notes: readonly string[],
): Layout {
  if (files.length === 0) {
    throw new InklingError(`${location}: expected images with labels, got none; check the files`);
  }
  const named = nameLabels([files.map((file) => file.class)], location, use === 'training' ? 2 : 1).classes;
  const known = order.filter((name) => named.includes(name));
  const classes = known.length === named.length ? known : named;
  const labels = new Map(classes.map((name, label) => [name, label]));
  const classified = files.map(({ file, part, class: name }): ClassifiedFile => ({
    file,
    part,
    label: labels.get(name) ?? 0,
  }));
  const sorted = classified.sort(
    (a, b) => DATASET_PARTS.indexOf(a.part) - DATASET_PARTS.indexOf(b.part) || a.label - b.label,
  );
  return { classes, files: sorted, notes };
}

function describeColumns(image: string, label: string, ignored: readonly ParquetColumn[]): string {
  const names = ignored.map(({ name }) => `"${name}"`);
  const rest = names.length === 0 ? '' : `; ignored columns: ${listFirst(names, MAX_LISTED)}`;
  return `read as a Parquet table: images from column "${image}"; labels from column "${label}"${rest}`;
}
