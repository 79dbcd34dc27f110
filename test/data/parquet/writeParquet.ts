import { writeFileSync } from 'node:fs';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

type WriteOptions = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;
type Schema = NonNullable<WriteOptions['schema']>;

/** A Parquet file with flat columns. */
export function parquetOf(
  columnData: readonly ColumnSource[],
  options: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parquetWriteBuffer({ ...options, columnData: [...columnData] }));
}

/** An image as the Hugging Face library stores it. */
export interface HubImage {
  readonly bytes: Uint8Array | null;
  readonly path: string | null;
}

const HUB_SCHEMA: Schema = [
  { name: 'schema', num_children: 2 },
  { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
  { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
];

/** A table as on the Hugging Face hub: images as `{ bytes, path }`, numbers of classes, and their names. */
export function hubTable(
  images: readonly (HubImage | null)[],
  labels: readonly number[],
  classes?: readonly string[],
  options: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  const features = { image: { _type: 'Image' }, label: { _type: 'ClassLabel', names: classes } };
  return parquetOf(
    [
      { name: 'image', data: [...images] },
      { name: 'label', data: labels.map(BigInt) },
    ],
    {
      schema: HUB_SCHEMA,
      ...(classes && { kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }] }),
      ...options,
    },
  );
}

export function writeParquet(path: string, bytes: Uint8Array): string {
  writeFileSync(path, bytes);
  return path;
}
