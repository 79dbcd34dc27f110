import type { ColumnMetaData, Compressors, PageHeader } from 'hyparquet';
import { concatenateBytes } from '../../core/arrays.js';
import { crc32 } from '../../core/checksum.js';
import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { brotliDecompressSync, gunzipSync } from '../../platform/zlib.js';
import { checkRunLengths, type ColumnLevels } from './runLengths.js';

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
 * Checks the pages of a column before hyparquet reads them: their sizes, the number of their values, and their checksums, if they
 * have any.
 *
 * @throws {InklingError} when a page is too large
 * @throws {Error} when the pages do not fit the column, or one is damaged
 */
export async function checkPages(
  chunk: ColumnMetaData,
  levels: ColumnLevels,
  limits: PageLimits,
  compressors: Compressors,
  read: Read,
): Promise<void> {
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
    const end = reader.offset + header.compressed_page_size;
    if (!(header.compressed_page_size >= 0 && end <= bytes))
      throw new Error('a page is longer than its column');
    const page = content.subarray(reader.offset, end);
    checkPage(page, header);
    values += valuesOf(header);
    if (values > limits.values) throw new Error(`a column has more than ${limits.values} values`);
    checkRunLengths(unpackPage(page, header, chunk.codec, compressors), header, levels);
    reader.offset = end;
  }
  if (values !== Number(chunk.num_values)) {
    throw new Error(`a column has ${values} values, its metadata ${chunk.num_values}`);
  }
}

/** The number of values in a data page, which takes nearly no space if all are the same. */
function valuesOf({ data_page_header: header, data_page_header_v2: header2 }: PageHeader): number {
  return header?.num_values ?? header2?.num_values ?? 0;
}

function checkPage(page: Uint8Array, header: PageHeader): void {
  const { uncompressed_page_size: unpacked, crc, dictionary_page_header: dictionary } = header;
  if (crc !== undefined && crc32(page) !== crc >>> 0) throw new Error('the checksum of a page is wrong');
  if (!(unpacked >= 0)) throw new Error('a page has no valid size');
  checkUnpackedSize(unpacked, page.length);
  const [count, dictionaryCount] = [valuesOf(header), dictionary?.num_values ?? 0];
  // The values of a dictionary are stored one by one.
  if (!(count >= 0 && dictionaryCount >= 0 && dictionaryCount <= unpacked)) {
    throw new Error('a page has no valid number of values');
  }
}

/** The unpacked bytes of a data page. The levels of a page of version 2 are not compressed. */
function unpackPage(
  page: Uint8Array,
  { uncompressed_page_size: size, data_page_header_v2: header2, data_page_header: header }: PageHeader,
  codec: ColumnMetaData['codec'],
  compressors: Compressors,
): Uint8Array {
  const unpack = compressors[codec];
  if (unpack === undefined || (header === undefined && header2?.is_compressed !== true)) return page;
  if (header2 === undefined) return unpack(page, size);
  const levelBytes = header2.repetition_levels_byte_length + header2.definition_levels_byte_length;
  if (!(levelBytes >= 0 && levelBytes <= Math.min(size, page.length)))
    throw new Error('a page has no valid size');
  if (size === levelBytes) return page;
  return concatenateBytes([
    page.subarray(0, levelBytes),
    unpack(page.subarray(levelBytes), size - levelBytes),
  ]);
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
