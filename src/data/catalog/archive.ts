import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { checkRecord, encodeRecord } from '../../core/record.js';
import { formatCount } from '../../core/format.js';
import { kindOf, readBytes, writeFileAtomic } from '../../platform/files.js';
import { makeFolder } from '../../platform/folders.js';
import { tryWriting } from '../../platform/optionalWrites.js';
import { readCachedFile } from '../files/cachedFile.js';
import { type DatasetFile, openDatasetFile } from '../files/datasetFile.js';
import { ratioLimit } from '../files/unpackLimit.js';
import { unzip } from '../files/unzip.js';
import { downloadFirst, type DownloadOptions } from '../files/download.js';
import { catalog } from './catalog.js';
import type { CatalogArchive, CatalogEntry, LoadedFiles } from './catalogEntry.js';

/** Stored with the files from an archive: the SHA-256 of each when it was extracted, unpacked. */
const HASHES = 'sha256.json';
const MAX_HASHES_BYTES = 65_536;

const hashesSchema = z.record(z.string(), z.string());

/**
 * Reads the files of a data set from the cache folder, or downloads the archive that contains them. The archive's files of
 * other data sets are stored in the cache as well.
 *
 * @param folder the data set's folder in the cache folder
 * @throws {DownloadError} when the archive cannot be downloaded
 */
export async function loadFromArchive(
  entry: CatalogEntry,
  folder: string,
  problems: string[],
  options: DownloadOptions,
): Promise<LoadedFiles> {
  const cached = readCachedSet(entry, folder, problems);
  if (cached !== undefined) return { files: cached, origins: [] };
  if (entry.archive === undefined) throw new Error(`${entry.name} is not part of an archive`);
  const { archive } = entry;
  const { result, url } = await downloadFirst(archive.urls, archive.bytes, verifier(archive), options);
  const sets = new Set([entry, ...catalog.filter((other) => other.archive === archive)]);
  const unzipped = gzipFilesIn(result, [...sets], url);
  const cacheProblem = tryWriting(folder, () => {
    for (const set of sets) {
      writeCachedSet(set, set === entry ? folder : join(dirname(folder), set.name), unzipped, url);
    }
  });
  return { files: openAll(entry, unzipped, url), origins: [url], cacheProblem };
}

function readCachedSet(
  { files }: CatalogEntry,
  folder: string,
  problems: string[],
): DatasetFile[] | undefined {
  const path = join(folder, HASHES);
  if (kindOf(path) !== 'file') return undefined;
  const text = new TextDecoder().decode(readBytes(path, MAX_HASHES_BYTES));
  const hashes = hashesSchema.safeParse(tryParseJson(text));
  if (!hashes.success) {
    problems.push(`${path} (damaged)`);
    return undefined;
  }
  const cached = files.flatMap(
    (file) => readCachedFile({ ...file, sha256: hashes.data[file.name] }, folder, problems) ?? [],
  );
  return cached.length === files.length ? cached : undefined;
}

function tryParseJson(text: string): unknown {
  try {
    return checkRecord(JSON.parse(text), HASHES);
  } catch {
    return undefined;
  }
}

/** Returns an archive's bytes if they have the expected hash. */
function verifier({ bytes, sha256: expected }: CatalogArchive): (archive: Uint8Array) => Uint8Array {
  return (archive) => {
    const sha256 = createHash('sha256').update(archive).digest('hex');
    if (sha256 === expected) return archive;
    throw new InklingError(`its SHA-256 is ${sha256}, expected ${expected} (${formatCount(bytes)} bytes)`);
  };
}

/** The gzip files of some data sets in an archive, by file name. */
function gzipFilesIn(
  archive: Uint8Array,
  sets: readonly CatalogEntry[],
  url: string,
): Map<string, Uint8Array> {
  const expected = new Set(sets.flatMap(({ files }) => files.map(({ name }) => `${name}.gz`)));
  const nameOf = (path: string) => path.split('/').at(-1) ?? path;
  const unzipped = unzip(archive, (path) => expected.has(nameOf(path)), ratioLimit(archive.length));
  const found = new Map([...unzipped].map(([path, bytes]) => [nameOf(path), bytes]));
  const missing = [...expected].find((name) => !found.has(name));
  if (missing !== undefined) throw new InklingError(`${url}: ${missing} is missing`);
  return found;
}

function openAll(
  { files }: CatalogEntry,
  unzipped: ReadonlyMap<string, Uint8Array>,
  url: string,
): DatasetFile[] {
  return files.map((file) => {
    const packed = unzipped.get(`${file.name}.gz`) ?? new Uint8Array();
    return openDatasetFile(file, `${url}: ${file.name}`, packed);
  });
}

function writeCachedSet(
  set: CatalogEntry,
  folder: string,
  unzipped: ReadonlyMap<string, Uint8Array>,
  url: string,
): void {
  const hashes = openAll(set, unzipped, url).map(({ name, sha256 }) => [name, sha256] as const);
  makeFolder(folder);
  for (const { name } of set.files) {
    writeFileAtomic(join(folder, `${name}.gz`), unzipped.get(`${name}.gz`) ?? new Uint8Array());
  }
  writeFileAtomic(join(folder, HASHES), encodeRecord(Object.fromEntries(hashes)));
}
