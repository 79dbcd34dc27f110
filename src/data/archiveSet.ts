import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { kindOf, makeFolder, readBytes, writeFileAtomic } from '../platform/files.js';
import { type CatalogArchive, catalog, type CatalogEntry } from './catalog.js';
import { downloadFirst, type DownloadOptions } from './download.js';
import { type IdxFile, openIdxFile } from './idxFile.js';
import { readCached } from './cached.js';

/** Beside the files of an archive: what SHA-256 they had, unpacked, when they came out of it. */
const HASHES = 'sha256.json';
const HASHES_LIMIT_BYTES = 65_536;

const hashesSchema = z.record(z.string(), z.string());

/**
 * Reads the files of a data set that are kept in the cache folder, or downloads the archive that holds them. Everything in it
 * is kept then, for the other data sets that it holds.
 *
 * @param folder of the data set, in the cache folder
 * @throws DownloadError when no address gives the archive
 */
export async function fillFromArchive(
  entry: CatalogEntry,
  folder: string,
  problems: string[],
  options: DownloadOptions,
): Promise<{ files: IdxFile[]; mirrors: string[] }> {
  const kept = readAllKept(entry, folder, problems);
  if (kept !== undefined) return { files: kept, mirrors: [] };
  if (entry.archive === undefined) throw new Error(`${entry.name} comes in no archive`);
  const { archive } = entry;
  const { result, address } = await downloadFirst(
    archive.addresses,
    archive.bytes,
    verified(archive),
    options,
  );
  const sets = new Set([entry, ...catalog.filter((other) => other.archive === archive)]);
  const unzipped = unzip(result, [...sets], address);
  for (const set of sets) {
    keepSet(set, set === entry ? folder : join(dirname(folder), set.name), unzipped, address);
  }
  return { files: openAll(entry, unzipped, address), mirrors: [address] };
}

function readAllKept({ files }: CatalogEntry, folder: string, problems: string[]): IdxFile[] | undefined {
  const path = join(folder, HASHES);
  if (kindOf(path) !== 'file') return undefined;
  const text = new TextDecoder().decode(readBytes(path, HASHES_LIMIT_BYTES));
  const hashes = hashesSchema.safeParse(jsonOf(text));
  if (!hashes.success) {
    problems.push(`${path} (damaged)`);
    return undefined;
  }
  const kept = files.flatMap(
    (file) => readCached({ ...file, sha256: hashes.data[file.name] }, folder, problems) ?? [],
  );
  return kept.length === files.length ? kept : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function verified({ bytes, sha256: expected }: CatalogArchive): (archive: Uint8Array) => Uint8Array {
  return (archive) => {
    const sha256 = createHash('sha256').update(archive).digest('hex');
    if (sha256 === expected) return archive;
    throw new InklingError(`its SHA-256 is ${sha256}, expected ${expected} of ${bytes} bytes`);
  };
}

/** The files of some data sets in an archive, by name, packed with gzip still. */
function unzip(archive: Uint8Array, sets: readonly CatalogEntry[], address: string): Map<string, Uint8Array> {
  const wanted = new Set(sets.flatMap(({ files }) => files.map(({ name }) => `${name}.gz`)));
  const nameOf = (path: string) => path.split('/').at(-1) ?? path;
  const unzipped = unzipSync(archive, { filter: ({ name }) => wanted.has(nameOf(name)) });
  const found = new Map(Object.entries(unzipped).map(([path, bytes]) => [nameOf(path), bytes]));
  const missing = [...wanted].find((name) => !found.has(name));
  if (missing !== undefined) throw new InklingError(`${address}: lacks ${missing}`);
  return found;
}

function openAll(
  { files }: CatalogEntry,
  unzipped: ReadonlyMap<string, Uint8Array>,
  address: string,
): IdxFile[] {
  return files.map((file) => {
    const packed = unzipped.get(`${file.name}.gz`) ?? new Uint8Array();
    return openIdxFile(file, `${address}: ${file.name}`, packed);
  });
}

function keepSet(
  set: CatalogEntry,
  folder: string,
  unzipped: ReadonlyMap<string, Uint8Array>,
  address: string,
): void {
  const hashes = openAll(set, unzipped, address).map(({ name, sha256 }) => [name, sha256]);
  makeFolder(folder);
  for (const { name } of set.files) {
    writeFileAtomic(join(folder, `${name}.gz`), unzipped.get(`${name}.gz`) ?? new Uint8Array());
  }
  writeFileAtomic(join(folder, HASHES), JSON.stringify(Object.fromEntries(hashes)));
}
