import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ColumnMetaData, Compressors } from 'hyparquet';
import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';

/** Writers start a new page after about a megabyte, or after one long value. */
const MAX_PAGE_BYTES = 2 ** 30;
/** Pages up to this size may be compressed by any factor. */
const SMALL_PAGE_BYTES = 2 ** 26;
/** The highest factor of deflate. */
const MAX_FACTOR = 1032;
/** The values of a column in a row group, which take 8 bytes each. */
const MAX_VALUES = 2 ** 26;

/** Reads bytes of the file. */
type Read = (start: number, bytes: number) => Uint8Array<ArrayBuffer>;

/**
 * Checks the headers of a column's pages before they are unpacked: their sizes, and the number of their values.
 *
 * @throws {InklingError} when a page is too large
 * @throws {Error} when the pages do not fit the column
 */
export async function checkPages(chunk: ColumnMetaData, read: Read, fileBytes: number): Promise<void> {
  const { parquetHeader } = await import('hyparquet/src/column.js');
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const bytes = Number(chunk.total_compressed_size);
  if (!(start >= 0 && bytes >= 0 && start + bytes <= fileBytes))
    throw new Error('a column lies outside the file');
  if (Number(chunk.num_values) > MAX_VALUES) {
    throw new InklingError(
      `a row group of the Parquet table has ${formatCount(Number(chunk.num_values))} values in a column, expected at most ${formatCount(MAX_VALUES)}; save the table with smaller row groups`,
    );
  }
  const reader = { view: new DataView(read(start, bytes).buffer), offset: 0 };
  let values = 0;
  while (reader.offset < bytes) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
    if (!(packed >= 0 && unpacked >= 0 && reader.offset + packed <= bytes)) {
      throw new Error('a page is longer than its column');
    }
    checkUnpackedSize(unpacked, packed);
    const dataHeader = header.data_page_header ?? header.data_page_header_v2;
    const count = dataHeader?.num_values ?? 0;
    const dictionaryCount = header.dictionary_page_header?.num_values ?? 0;
    // Values take space in a dictionary, whereas the same value many times takes nearly none in a data page.
    if (!(count >= 0 && dictionaryCount >= 0 && dictionaryCount <= unpacked)) {
      throw new Error('a page has no valid number of values');
    }
    values += count;
    if (values > MAX_VALUES) throw new Error('a column has more values than its metadata says');
    reader.offset += packed;
  }
  if (values !== Number(chunk.num_values)) {
    throw new Error(`a column has ${values} values, its metadata ${chunk.num_values}`);
  }
}

/** Decompressors that unpack to the announced size, and refuse to unpack a little data to a lot. */
export async function boundedCompressors(): Promise<Compressors> {
  const { decompressLz4, decompressLz4Raw, decompressSnappy, decompressZstd } =
    await import('hyparquet-compressors');
  return {
    SNAPPY: bounded(decompressSnappy),
    // Unlike the library, Node.js verifies the checksum.
    GZIP: bounded((packed, bytes) => gunzipSync(packed, { maxOutputLength: Math.max(1, bytes) })),
    BROTLI: bounded((packed, bytes) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, bytes) })),
    ZSTD: bounded((packed, bytes) => decompressZstd(packed, new Uint8Array(bytes))),
    LZ4: bounded(decompressLz4),
    LZ4_RAW: bounded(decompressLz4Raw),
  };
}

/** Unpacks a page to a number of bytes. */
type Unpack = (packed: Uint8Array, bytes: number) => Uint8Array;

function bounded(unpack: Unpack): Unpack {
  return (packed, bytes) => {
    checkUnpackedSize(bytes, packed.length);
    const unpacked = unpack(packed, bytes);
    if (unpacked.length === bytes) return unpacked;
    throw new Error(`a page unpacks to ${unpacked.length} bytes, expected ${bytes}`);
  };
}

function checkUnpackedSize(unpacked: number, packed: number): void {
  if (unpacked <= MAX_PAGE_BYTES && (unpacked <= SMALL_PAGE_BYTES || unpacked <= packed * MAX_FACTOR)) return;
  throw new InklingError(
    `a page of the Parquet table unpacks to ${formatCount(unpacked)} bytes, expected at most ${formatCount(MAX_PAGE_BYTES)}; save the table with smaller pages`,
  );
}
