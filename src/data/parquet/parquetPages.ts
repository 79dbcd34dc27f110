import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ColumnMetaData, Compressors } from 'hyparquet';
import { crc32 } from '../../core/checksum.js';
import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';

/** Writers start a new page after about a megabyte, or after one long value. */
const MAX_PAGE_BYTES = 2 ** 30;
/** Pages up to this size may be compressed by any factor. */
const SMALL_PAGE_BYTES = 2 ** 26;
/** The highest factor of deflate. */
const MAX_FACTOR = 1032;

/** Reads bytes of the file. */
type Read = (start: number, bytes: number) => Uint8Array<ArrayBuffer>;

/** What the pages of a column may have. */
interface PageLimits {
  readonly fileBytes: number;
  /** The number of values in all pages. */
  readonly values: number;
}

/**
 * Checks the pages of a column before they are unpacked: their sizes, the number of their values, and their checksums, if they have any.
 *
 * @throws {InklingError} when a page is too large
 * @throws {Error} when the pages do not fit the column, or one is damaged
 */
export async function checkPages(chunk: ColumnMetaData, limits: PageLimits, read: Read): Promise<void> {
  const { parquetHeader } = await import('hyparquet/src/column.js');
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const bytes = Number(chunk.total_compressed_size);
  if (!(start >= 0 && bytes >= 0 && start + bytes <= limits.fileBytes)) {
    throw new Error('a column lies outside the file');
  }
  const content = read(start, bytes);
  const reader = { view: new DataView(content.buffer), offset: 0 };
  let values = 0;
  while (reader.offset < bytes) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: unpacked, crc } = header;
    const end = reader.offset + packed;
    if (!(packed >= 0 && unpacked >= 0 && end <= bytes)) throw new Error('a page is longer than its column');
    if (crc !== undefined && crc32(content.subarray(reader.offset, end)) !== crc >>> 0) {
      throw new Error('the checksum of a page is wrong');
    }
    checkUnpackedSize(unpacked, packed);
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    const dictionaryCount = header.dictionary_page_header?.num_values ?? 0;
    values += count;
    // Values take space in a dictionary, whereas the same value many times takes nearly none in a data page.
    if (!(count >= 0 && values <= limits.values && dictionaryCount >= 0 && dictionaryCount <= unpacked)) {
      throw new Error(`a column has more than ${limits.values} values`);
    }
    reader.offset = end;
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
