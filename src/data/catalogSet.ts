import { join } from 'node:path';
import { InklingError } from '../core/errors.js';
import { makeFolder, writeFileAtomic } from '../platform/files.js';
import { fillFromArchive } from './archiveSet.js';
import { catalog, type CatalogEntry } from './catalog.js';
import type { Dataset } from './dataset.js';
import { DownloadError, downloadFile } from './download.js';
import type { DownloadOptions } from './download.js';
import { readFolder } from './idxFile.js';
import type { IdxFile } from './idxFile.js';
import { readCached } from './cached.js';
import { locate } from './locate.js';

/** Where a known data set may lie. */
export interface Places {
  /** The user's own folders, searched in this order; nothing in them is ever changed. */
  readonly folders: readonly string[];
  /** Searched last. Downloads are kept there, and a wrong file there is downloaded again. */
  readonly cacheFolder: string;
}

/** A known data set is in no folder, and no mirror gave it. */
export class DatasetUnavailableError extends InklingError {
  override name = 'DatasetUnavailableError';
}

/**
 * Loads a known data set from the first place that has it, the mirrors being the last; every file is verified.
 * @throws DatasetUnavailableError that names each folder and address tried, when none has it
 * @throws InklingError when a file in one of the user's folders is wrong, or a download cannot be written
 */
export async function loadCatalogSet(
  entry: CatalogEntry,
  places: Places,
  options: DownloadOptions = {},
): Promise<Dataset> {
  const { name, classes } = entry;
  const { folder, tried } = locate(entry, places.folders);
  if (folder !== undefined) {
    const files = readFolder(folder, entry.files);
    refuseOthers(entry, files);
    const verified = files.every((file) => file.verified);
    return entry.assemble(files, { name, classes, source: { kind: 'files', location: folder, verified } });
  }
  const cache = locate(entry, [places.cacheFolder]);
  const target = cache.folder ?? join(places.cacheFolder, name);
  const fill = entry.archive === undefined ? fillCache : fillFromArchive;
  const problems = [...tried, ...cache.tried];
  const { files, mirrors } = await fill(entry, target, problems, options).catch((error: unknown) => {
    throw error instanceof DownloadError ? unavailable(entry, problems, error) : error;
  });
  const location = mirrors.length === 0 ? target : mirrors.join(', ');
  const source = { kind: mirrors.length === 0 ? 'files' : 'download', location, verified: true } as const;
  return entry.assemble(files, { name, classes, source });
}

/** Files that no hash is known of may still be known to be another set's, since several share their names. */
function refuseOthers(entry: CatalogEntry, files: readonly IdxFile[]): void {
  for (const { origin, sha256 } of files.filter((file) => !file.verified)) {
    const owner = catalog.find((other) => other.files.some((file) => file.sha256 === sha256));
    if (owner === undefined || owner.name === entry.name) continue;
    throw new InklingError(
      `${origin}: it belongs to ${owner.name}, expected a file of ${entry.name}; put each data set into a folder of its own name`,
    );
  }
}

/** Reads the files that are right in the cache folder and downloads the others into it. */
async function fillCache(
  entry: CatalogEntry,
  folder: string,
  problems: string[],
  options: DownloadOptions,
): Promise<{ files: IdxFile[]; mirrors: string[] }> {
  const files: IdxFile[] = [];
  let mirrors: string[] = [];
  for (const expected of entry.files) {
    const kept = readCached(expected, folder, problems);
    if (kept !== undefined) {
      files.push(kept);
      continue;
    }
    // A mirror that has worked comes first from then on: one that is down costs its time once, not once a file.
    const candidates = [...new Set([...mirrors, ...entry.mirrors])];
    const { file, stored, mirror } = await downloadFile(expected, candidates, options);
    makeFolder(folder);
    // It is kept in the form that its hash is of.
    if (expected.packedMd5 === undefined) writeFileAtomic(join(folder, file.name), file.bytes);
    else writeFileAtomic(join(folder, `${file.name}.gz`), stored);
    files.push(file);
    mirrors = [...new Set([...mirrors, mirror])];
  }
  return { files, mirrors };
}

function unavailable(
  entry: CatalogEntry,
  problems: readonly string[],
  cause: DownloadError,
): DatasetUnavailableError {
  const names = entry.files.map((file) => file.name).join(', ');
  return new DatasetUnavailableError(
    `${entry.name} can be had nowhere: not from ${problems.join(', ')}, ${cause.message}; ` +
      `put its files (${names}, raw or .gz) into a folder called ${entry.name} and name the one that it lies in with --data-dir, or use --dataset digits`,
    { cause },
  );
}
