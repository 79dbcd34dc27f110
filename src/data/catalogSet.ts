import { join } from 'node:path';
import { InklingError, messageOf } from '../core/errors.js';
import { makeFolder, readBytes, writeFileAtomic } from '../platform/files.js';
import { assemble } from './assemble.js';
import type { CatalogEntry, CatalogFile } from './catalog.js';
import type { Dataset } from './dataset.js';
import { DownloadError, downloadFile } from './download.js';
import type { DownloadOptions } from './download.js';
import { maxStoredBytes, openIdxFile, readFolder } from './idxFile.js';
import type { IdxFile } from './idxFile.js';
import { locate, pathOf } from './locate.js';

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
    const source = { kind: 'files', location: folder, verified: true } as const;
    return assemble(readFolder(folder, entry.files), { name, classes, source });
  }
  const cache = locate(entry, [places.cacheFolder]);
  const target = cache.folder ?? join(places.cacheFolder, name);
  const { files, mirrors } = await fillCache(entry, target, [...tried, ...cache.tried], options);
  const location = mirrors.length === 0 ? target : mirrors.join(', ');
  const source = { kind: mirrors.length === 0 ? 'files' : 'download', location, verified: true } as const;
  return assemble(files, { name, classes, source });
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
    const kept = readKept(expected, folder, problems);
    if (kept !== undefined) {
      files.push(kept);
      continue;
    }
    // A mirror that has worked comes first from then on: one that is down costs its time once, not once a file.
    const candidates = [...new Set([...mirrors, ...entry.mirrors])];
    const { file, mirror } = await downloadFile(expected, candidates, options).catch((error: unknown) => {
      throw error instanceof DownloadError ? unavailable(entry, problems, error) : error;
    });
    makeFolder(folder);
    writeFileAtomic(join(folder, file.name), file.bytes);
    files.push(file);
    mirrors = [...new Set([...mirrors, mirror])];
  }
  return { files, mirrors };
}

/** Reads a file of the cache; a wrong one becomes one of the problems. */
function readKept(expected: CatalogFile, folder: string, problems: string[]): IdxFile | undefined {
  const path = pathOf(folder, expected.name);
  if (path === undefined) return undefined;
  try {
    return openIdxFile(expected, path, readBytes(path, maxStoredBytes(expected)));
  } catch (error) {
    problems.push(`${path} (${messageOf(error)})`);
    return undefined;
  }
}

function unavailable(
  entry: CatalogEntry,
  problems: readonly string[],
  cause: DownloadError,
): DatasetUnavailableError {
  const names = entry.files.map((file) => file.name).join(', ');
  return new DatasetUnavailableError(
    `${entry.name} can be had nowhere: not from ${problems.join(', ')}, ${cause.message}; ` +
      `put its files (${names}, raw or .gz) into a folder and pass --data-dir FOLDER, or use --dataset digits`,
    { cause },
  );
}
