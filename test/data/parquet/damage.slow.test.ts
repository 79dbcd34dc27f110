import type { PageHeader } from 'hyparquet';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { openParquet } from '#inkling/data/parquet/parquetFile.js';
import { checkRunLengths } from '#inkling/data/parquet/runLengths.js';
import { temporaryFolder } from '../tinySet.js';
import { hubTable, parquetOf, writeParquet } from './writeParquet.js';

const FLAT = { repetition: 0, definition: 0 };

/** The header of a page of version 1 with indices into a dictionary. */
function headerOf(
  values: number,
  encoding: 'RLE_DICTIONARY' | 'DELTA_BINARY_PACKED' = 'RLE_DICTIONARY',
): PageHeader {
  const header = {
    num_values: values,
    encoding,
    definition_level_encoding: 'RLE',
    repetition_level_encoding: 'RLE',
  };
  return {
    type: 'DATA_PAGE',
    uncompressed_page_size: 0,
    compressed_page_size: 0,
    data_page_header: header,
  } as PageHeader;
}

test.each([
  ['five times the same value', [1, 5 << 1, 0]],
  ['eight packed values, of which three are padding', [1, (1 << 1) | 1, 0b10101010]],
  ['three values, then two', [2, 3 << 1, 0, 2 << 1, 3]],
])('accepts runs of %s', (_what, page) => {
  expect(() => {
    checkRunLengths(Uint8Array.from(page), headerOf(5), FLAT);
  }).not.toThrow();
});

test.each([
  ['a run of six', [1, 6 << 1, 0], 'a run of values is too long'],
  ['a run of 268 million', [1, 0xfe, 0xff, 0xff, 0xff, 0x01, 0], 'a run of values is too long'],
  ['512 packed values', [0, (64 << 1) | 1 | 0x80, 1], 'a run of values is too long'],
  ['a run of none', [1, 0, 0], 'a run of values is too long'],
  ['too few values', [1, 3 << 1, 0], 'a page ends within its values'],
  ['values of 33 bits', [33, 5 << 1, 0], 'a page has values of more than 32 bits'],
])('rejects %s for five values', (_what, page, problem) => {
  expect(() => {
    checkRunLengths(Uint8Array.from(page), headerOf(5), FLAT);
  }).toThrow(problem);
});

test('rejects runs of levels that are too long, and other encodings', () => {
  const levels = Uint8Array.of(2, 0, 0, 0, 9 << 1, 1, 1, 5 << 1, 0);
  expect(() => {
    checkRunLengths(levels, headerOf(5), { repetition: 0, definition: 1 });
  }).toThrow('a run of values is too long');
  expect(() => {
    checkRunLengths(new Uint8Array(9), headerOf(5, 'DELTA_BINARY_PACKED'), FLAT);
  }).toThrow('its values are encoded as DELTA_BINARY_PACKED; save the table with pandas or pyarrow');
});

const images = [1, 2, 3, 4].map((byte) => ({ bytes: new Uint8Array(20).fill(byte), path: null }));
const labels = ['a', 'b', 'a', 'b'];

test.each([
  ['images', hubTable(images, [0, 1, 0, 1], ['cat', 'dog'])],
  ['text', parquetOf([{ name: 'label', data: labels, type: 'STRING' }], { codec: 'UNCOMPRESSED' })],
])('reads or rejects a table of %s with any byte changed, or cut off', async (_what, bytes) => {
  const path = join(temporaryFolder(), 'a.parquet');
  const read = async (content: Uint8Array) => {
    const file = await openParquet(writeParquet(path, content));
    const names = file.columns.map(({ name }) => name);
    for (let group = 0; group < file.groups; group++) await file.readGroup(group, names);
  };
  for (const at of bytes.keys()) {
    for (const value of [0xff, bytes[at] ^ 1]) {
      const damaged = bytes.slice();
      damaged[at] = value;
      const error = await read(damaged).catch((reason: unknown) => reason);
      if (error !== undefined) expect(error).toBeInstanceOf(InklingError);
    }
    if (at % 5 === 0) await expect(read(bytes.subarray(0, at))).rejects.toBeInstanceOf(InklingError);
  }
});

const hub = hubTable(
  [1, 2, 3, 4].map((byte) => ({ bytes: new Uint8Array(50).fill(byte), path: 'a.png' })),
  [0, 1, 0, 1],
  ['cat', 'dog'],
);
const pixels = [0, 1, 2, 3].map((pixel) => ({
  name: `pixel${pixel}`,
  data: [0, 9, 99, 255],
  type: 'INT32' as const,
}));
const plain = parquetOf([...pixels, { name: 'label', data: labels, type: 'STRING' }], {
  codec: 'UNCOMPRESSED',
});

// The library returns them without an error. The bytes that are replaced begin or end fields.
test.each([
  ['have a number for a column', hub, 228, [0x1c, 0x15], [0x15, 0], 'meta_data: expected an object, got 0'],
  [
    'have no list of texts',
    hub,
    454,
    [0, 0x19, 0x1c],
    [0x65, 0x73, 0],
    'key_value_metadata: expected an array',
  ],
  ['refer to a number', plain, 485, [4, 0xff, 0, 0], [0, 0, 0, 8], 'file_path: expected a string'],
])('rejects metadata that %s', async (_what, bytes, at, original, replacement, problem) => {
  expect(Array.from(bytes.subarray(at, at + original.length))).toEqual(original);
  const damaged = bytes.slice();
  damaged.set(replacement, at);
  const path = writeParquet(join(temporaryFolder(), 'a.parquet'), damaged);
  const error = await openParquet(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InklingError);
  expect((error as Error).message).toContain(`${path}: the Parquet table is damaged (its metadata: `);
  expect((error as Error).message).toContain(problem);
});
