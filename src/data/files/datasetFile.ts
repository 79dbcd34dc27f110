import { createHash } from 'node:crypto';
import { InklingError, messageOf } from '../../core/errors.js';
import { readBytes } from '../../platform/files.js';
import { gunzip } from './gunzip.js';
import { ratioLimit, type UnpackLimit, UnpackLimitError } from './unpackLimit.js';
import { describeMissing, findFile } from './locate.js';
import { isGzip, isMarkup } from '../../core/files/downloaded.js';

/** What is known about a file before it is opened; a `CatalogFile` is one. */
export interface ExpectedFile {
  readonly name: string;
  /** The maximum unpacked size. */
  readonly bytes: number;
  /** SHA-256 of the unpacked bytes, or at least its first 8 digits where only those are published. */
  readonly sha256?: string;
  /** MD5 of the gzip file, which is not needed if the hash of its content is known. */
  readonly packedMd5?: string;
}

/** A file of a data set, unpacked but not parsed. */
export interface DatasetFile {
  readonly name: string;
  /** The path or URL it was read from, for messages. */
  readonly origin: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Why its content could not be verified with a known hash; undefined if it was. */
  readonly unverified: string | undefined;
}

/** Fewer digits match no hash: an expected hash that is empty must not accept every file. */
const MIN_HASH_DIGITS = 8;

/** All digits of an SHA-256. */
const HASH_DIGITS = 64;

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
  const bytes = isPacked ? gunzip(stored, unpackLimit(expected, stored)) : stored;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (expected.sha256 !== undefined && !matchesHash(sha256, expected.sha256)) {
    const guess = isMarkup(bytes) ? 'it is a web page, ' : '';
    const beginning = expected.sha256.length < HASH_DIGITS ? 'one that begins with ' : '';
    throw new InklingError(
      `${guess}the SHA-256 of its unpacked bytes is ${sha256}, expected ${beginning}${expected.sha256}`,
    );
  }
  if (isMarkup(bytes)) throw new InklingError('it is a web page');
  return {
    name: expected.name,
    origin,
    bytes,
    sha256,
    unverified: whyUnverified(expected, isPacked ? stored : undefined),
  };
}

function matchesHash(sha256: string, expected: string): boolean {
  return expected.length >= MIN_HASH_DIGITS && sha256.startsWith(expected);
}

function unpackLimit(expected: ExpectedFile, stored: Uint8Array): UnpackLimit {
  return isKnown(expected)
    ? { bytes: expected.bytes, advice: '' }
    : ratioLimit(stored.length, expected.bytes);
}

/** Whether it is a certain file, rather than any of its kind. */
function isKnown({ sha256, packedMd5 }: ExpectedFile): boolean {
  return sha256 !== undefined || packedMd5 !== undefined;
}

/** The hash of a gzip file depends on the program that packed it, so that another one does not mean that the content is wrong. */
function whyUnverified({ sha256, packedMd5 }: ExpectedFile, packed?: Uint8Array): string | undefined {
  if (sha256 !== undefined) return undefined;
  if (packedMd5 === undefined) return 'its expected hash is not known';
  if (packed === undefined) return 'it is not packed with gzip, but its known hash is that of the gzip file';
  const md5 = createHash('md5').update(packed).digest('hex');
  return md5 === packedMd5 ? undefined : `the MD5 of its packed bytes is ${md5}, expected ${packedMd5}`;
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
    const advice =
      error instanceof UnpackLimitError && !isKnown(expected) ? '' : '; delete it and download it again';
    throw new InklingError(`${path}: ${messageOf(error)}${advice}`, { cause: error });
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
