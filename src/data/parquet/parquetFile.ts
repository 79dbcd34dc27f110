import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AsyncBuffer, FileMetaData, SchemaElement } from 'hyparquet';
import * as z from 'zod';
import { InklingError, messageOf } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { describeIssue } from '../../core/validate.js';
import { fileBytes, readRange } from '../../platform/files.js';
import { boundedCompressors, checkPages } from './parquetPages.js';

/** More rows than any data set that fits into memory. */
const MAX_ROWS = 1_000_000;
/** The unpacked columns of a row group are in memory together. */
const MAX_GROUP_BYTES = 2 ** 31;
/** Metadata of files with thousands of columns has a few megabytes. */
const MAX_METADATA_BYTES = 2 ** 26;

/** The values of a list column in a row group, which take 8 bytes each. */
const MAX_VALUES = 2 ** 26;

/** What the code here reads, of which the library does not check the types. */
const metadataSchema = z.object({
  num_rows: z.bigint().min(0n),
  schema: z.array(z.object({ name: z.string(), num_children: z.int().min(0).optional() })).min(2),
  row_groups: z.array(
    z.object({
      num_rows: z.bigint().min(0n),
      columns: z.array(
        z.object({
          file_path: z.string().optional(),
          meta_data: z
            .object({
              path_in_schema: z.array(z.string()).min(1),
              total_uncompressed_size: z.bigint().min(0n),
              total_compressed_size: z.bigint().min(0n),
            })
            .optional(),
        }),
      ),
    }),
  ),
  key_value_metadata: z.array(z.object({ key: z.string(), value: z.string().optional() })).optional(),
});

const MAGIC = 'PAR1';
/** The length of the metadata and the magic bytes, at the end of the file. */
const FOOTER_BYTES = 8;

/** A column of a table. */
export interface ParquetColumn {
  readonly name: string;
  readonly content: 'bytes' | 'text' | 'number' | 'list' | 'other';
  /** The field of a structure that contains the bytes of image files, as in `{ bytes, path }`. */
  readonly hasImageBytes: boolean;
  /** Whether nothing in it repeats, so that it has one value in each row. */
  readonly isFlat: boolean;
}

/** An opened Parquet file. */
export interface ParquetFile {
  readonly path: string;
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
  /** The number of row groups. */
  readonly groups: number;
  /** Text that programs store with the table, by key. */
  readonly keyValues: ReadonlyMap<string, string>;
  /** Reads all rows of a row group, by column. Values are those of JavaScript: bytes, text, numbers, bigints, lists, objects, null. */
  readGroup(group: number, columns: readonly string[]): Promise<ReadonlyMap<string, readonly unknown[]>>;
}

/**
 * Opens a Parquet file. Source: the specification of the format, https://parquet.apache.org/docs/file-format/.
 *
 * @throws {InklingError} when it is damaged, encrypted, or larger than any data set
 */
export async function openParquet(path: string): Promise<ParquetFile> {
  const bytes = fileBytes(path);
  checkFooter(path, bytes);
  // Only data sets of this format need the library.
  const { parquetMetadataAsync, parquetRead } = await import('hyparquet');
  const { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } =
    await import('hyparquet/src/schema.js');
  const file: AsyncBuffer = {
    byteLength: bytes,
    slice: (start, end = bytes) => readRange(path, start, end - start).buffer,
  };
  const metadata = await guard(path, () => parquetMetadataAsync(file, { geoparquet: false }));
  checkTypes(path, metadata);
  const groupStarts = checkGroups(path, metadata, bytes);
  const compressors = await boundedCompressors();
  const allColumns = await guard(path, () => topLevelColumns(metadata.schema));
  return {
    path,
    columns: allColumns,
    rows: Number(metadata.num_rows),
    groups: metadata.row_groups.length,
    keyValues: new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''])),
    async readGroup(group, columns) {
      // Lets signals be handled between row groups.
      await setImmediate();
      const { columns: chunks, num_rows: count } = metadata.row_groups[group];
      for (const { meta_data: chunk } of chunks) {
        const column = allColumns.find(({ name }) => name === chunk?.path_in_schema[0]);
        if (chunk === undefined || column === undefined || !columns.includes(column.name)) continue;
        // Where nothing repeats, each row has one value or null.
        const limits = { fileBytes: bytes, values: column.isFlat ? Number(count) : MAX_VALUES };
        const read = (start: number, size: number) => readRange(path, start, size);
        await guard(path, () => {
          const schemaPath = getSchemaPath(metadata.schema, chunk.path_in_schema);
          const levels = {
            repetition: getMaxRepetitionLevel(schemaPath),
            definition: getMaxDefinitionLevel(schemaPath),
          };
          return checkPages(chunk, levels, limits, compressors, read);
        });
      }
      const values = new Map<string, unknown[]>(columns.map((name) => [name, []]));
      await guard(path, () =>
        parquetRead({
          file,
          metadata,
          columns: [...columns],
          rowStart: groupStarts[group],
          rowEnd: groupStarts[group] + Number(count),
          compressors,
          utf8: false,
          geoparquet: false,
          onChunk({ columnName, columnData }) {
            const column = values.get(columnName);
            for (const value of columnData as ArrayLike<unknown> & Iterable<unknown>) column?.push(value);
          },
        }),
      );
      for (const [name, column] of values) {
        // A value that the dictionary does not contain is undefined, whereas one that is missing is null.
        if (column.length !== Number(count) || column.includes(undefined)) {
          throw damaged(path, `the column "${name}" has ${column.length} values in ${count} rows`);
        }
      }
      return values;
    },
  };
}

/** Checks the types of the metadata; one problem is enough to know that it is damaged. */
function checkTypes(path: string, metadata: FileMetaData): void {
  const { error } = metadataSchema.safeParse(metadata, { reportInput: true });
  if (error === undefined) return;
  throw damaged(path, `its metadata: ${describeIssue(error.issues[0], metadataSchema)}`, error);
}

/** Checks both ends of the file, so that other and truncated files are named as such. */
function checkFooter(path: string, bytes: number): void {
  const text = (start: number, length: number) =>
    new TextDecoder('latin1').decode(readRange(path, start, length));
  if (bytes < MAGIC.length + FOOTER_BYTES || text(0, MAGIC.length) !== MAGIC) {
    throw new InklingError(
      `${path}: expected a Parquet table, got something else; check that it is the right file`,
    );
  }
  const end = readRange(path, bytes - FOOTER_BYTES, FOOTER_BYTES);
  const magic = text(bytes - MAGIC.length, MAGIC.length);
  if (magic === 'PARE')
    throw new InklingError(`${path}: the Parquet table is encrypted; save it without encryption`);
  if (magic !== MAGIC) throw damaged(path, 'it is truncated');
  const metadataBytes = new DataView(end.buffer).getUint32(0, true);
  if (metadataBytes > Math.min(bytes - MAGIC.length - FOOTER_BYTES, MAX_METADATA_BYTES)) {
    throw damaged(path, `its metadata has ${formatCount(metadataBytes)} bytes`);
  }
}

/** The first row of each row group. */
function checkGroups(path: string, metadata: FileMetaData, bytes: number): number[] {
  const rows = Number(metadata.num_rows);
  if (rows > MAX_ROWS) {
    throw new InklingError(
      `${path}: has ${formatCount(rows)} rows, expected at most ${formatCount(MAX_ROWS)}; split the table`,
    );
  }
  const starts: number[] = [];
  let start = 0;
  for (const { num_rows: count, columns } of metadata.row_groups) {
    const unpacked = columns.reduce(
      (sum, { meta_data: chunk }) => sum + Number(chunk?.total_uncompressed_size ?? 0),
      0,
    );
    if (unpacked > MAX_GROUP_BYTES) {
      throw new InklingError(
        `${path}: has a row group of ${(unpacked / 1e9).toFixed(1)} GB, expected at most ${(MAX_GROUP_BYTES / 1e9).toFixed(1)} GB; save the table with smaller row groups`,
      );
    }
    for (const { meta_data: chunk, file_path: other } of columns) {
      if (chunk === undefined)
        throw new InklingError(`${path}: the Parquet table is encrypted; save it without encryption`);
      if (other !== undefined) throw damaged(path, `it refers to the file "${basename(other)}"`);
      if (Number(chunk.total_compressed_size) > bytes)
        throw damaged(path, 'a column is longer than the file');
    }
    starts.push(start);
    start += Number(count);
  }
  if (start !== rows) throw damaged(path, `its row groups have ${start} rows, its metadata ${rows}`);
  return starts;
}

function topLevelColumns(schema: readonly SchemaElement[]): ParquetColumn[] {
  const [root, ...elements] = schema;
  const columns: ParquetColumn[] = [];
  let position = 0;
  while (columns.length < (root.num_children ?? 0)) {
    const end = endOfElement(elements, position);
    columns.push(describeColumn(elements.slice(position, end)));
    position = end;
  }
  if (columns.length === 0 || position < elements.length) throw new Error('the schema is incomplete');
  if (new Set(columns.map(({ name }) => name)).size < columns.length)
    throw new Error('two columns have the same name');
  return columns;
}

/** The position after an element and those inside it. */
function endOfElement(elements: readonly SchemaElement[], start: number): number {
  let [end, open] = [start, 1];
  while (open > 0) {
    if (end >= elements.length) throw new Error('the schema is incomplete');
    open += (elements[end].num_children ?? 0) - 1;
    end += 1;
  }
  return end;
}

function describeColumn([element, ...children]: readonly SchemaElement[]): ParquetColumn {
  const { name, converted_type: type, logical_type: logical } = element;
  const isList = type === 'LIST' || logical?.type === 'LIST' || element.repetition_type === 'REPEATED';
  const hasImageBytes =
    !isList && children.some((child) => child.name === 'bytes' && child.type === 'BYTE_ARRAY');
  return {
    name,
    content: isList ? 'list' : children.length > 0 ? 'other' : contentOf(element),
    hasImageBytes,
    isFlat: [element, ...children].every((each) => each.repetition_type !== 'REPEATED'),
  };
}

function contentOf({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): ParquetColumn['content'] {
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') {
    const isText = converted === 'UTF8' || converted === 'ENUM' || logical?.type === 'STRING';
    return isText
      ? 'text'
      : logical?.type === 'FLOAT16'
        ? 'number'
        : converted === undefined
          ? 'bytes'
          : 'other';
  }
  return type === undefined || type === 'INT96' ? 'other' : 'number';
}

/** Runs the library, whose errors mean that the file is damaged. */
async function guard<T>(path: string, task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof InklingError) throw error;
    throw damaged(path, messageOf(error), error);
  }
}

function damaged(path: string, reason: string, cause?: unknown): InklingError {
  return new InklingError(`${path}: the Parquet table is damaged (${reason}); get a complete copy`, {
    cause,
  });
}
