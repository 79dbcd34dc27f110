import { createHash } from 'node:crypto';
import { InklingError, messageOf } from '../../core/errors.js';
import { readBytes } from '../../platform/files.js';
import { gunzip } from './gunzip.js';
import { describeMissing, findFile } from './locate.js';
import { isGzip, isMarkup } from '../../core/fileType.js';

/** What is known about a file before it is opened; a `CatalogFile` is one. */
export interface ExpectedFile {
  readonly name: string;
  /** The maximum unpacked size. */
  readonly bytes: number;
  /** SHA-256 of the unpacked bytes. */
  readonly sha256?: string;
  /** MD5 of the gzip file. */
  readonly packedMd5?: string;
}

/** A file of a data set, unpacked but not parsed. */
export interface DatasetFile {
  readonly name: string;
  /** The path or URL it was read from, for messages. */
  readonly origin: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Whether its expected hash is known and matches. */
  readonly verified: boolean;
}

/** A generous bound on what gzip adds to data that it cannot compress. */
const MAX_GZIP_OVERHEAD_BYTES = 65_536;

/** The maximum size of the file as stored, raw or packed. */
export function maxStoredBytes(expected: ExpectedFile): number {
  return expected.bytes + MAX_GZIP_OVERHEAD_BYTES;
}

/**
 * Unpacks a file if necessary, and verifies it.
 *
 * @throws {InklingError} with the reason only, to which the caller adds the name of the file
 */
export function openDatasetFile(expected: ExpectedFile, origin: string, stored: Uint8Array): DatasetFile {
  const isPacked = isGzip(stored);
  const bytes = isPacked ? gunzip(stored, { bytes: expected.bytes, advice: '' }) : stored;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (expected.sha256 !== undefined && sha256 !== expected.sha256) {
    const guess = isMarkup(bytes) ? 'it is a web page, ' : '';
    throw new InklingError(
      `${guess}the SHA-256 of its unpacked bytes is ${sha256}, expected ${expected.sha256}`,
    );
  }
  if (expected.packedMd5 !== undefined && isPacked) checkMd5(stored, expected.packedMd5);
  if (expected.packedMd5 !== undefined && isMarkup(bytes)) throw new InklingError('it is a web page');
  const verified = expected.sha256 !== undefined || (expected.packedMd5 !== undefined && isPacked);
  return { name: expected.name, origin, bytes, sha256, verified };
}

function checkMd5(stored: Uint8Array, expected: string): void {
  const md5 = createHash('md5').update(stored).digest('hex');
  if (md5 !== expected) throw new InklingError(`the MD5 of its packed bytes is ${md5}, expected ${expected}`);
}

/**
 * Reads a file from disk, raw or packed with gzip.
 *
 * @throws {InklingError} when it cannot be read or unpacked, is too large or does not have the expected hash
 */
export function readDatasetFile(expected: ExpectedFile, path: string): DatasetFile {
  const stored = readBytes(path, maxStoredBytes(expected));
  try {
    return openDatasetFile(expected, path, stored);
  } catch (error) {
    throw new InklingError(`${path}: ${messageOf(error)}; delete it and download it again`, { cause: error });
  }
}

/**
 * Reads all files of a data set from one folder, each raw or packed with gzip.
 *
 * @throws {InklingError} when one is missing or wrong
 */
export function readDatasetFiles(folder: string, expected: readonly ExpectedFile[]): DatasetFile[] {
  const names = expected.map(({ name }) => name);
  return expected.map((file) => {
    const path = findFile(folder, file.name, preferredForm(file));
    if (path === undefined) {
      throw new InklingError(
        `no data set in ${describeMissing(folder, names)}: expected ${names.join(', ')}, each raw or .gz`,
      );
    }
    return readDatasetFile(file, path);
  });
}

/** The form in which the file can be verified. */
export function preferredForm({ packedMd5 }: ExpectedFile): 'raw' | 'packed' {
  return packedMd5 === undefined ? 'raw' : 'packed';
}
