import { join } from 'node:path';
import { option } from '../../core/optionName.js';
import { InklingError } from '../../core/errors.js';
import { writeFileAtomic } from '../../platform/files.js';
import { makeFolder } from '../../platform/folders.js';
import { tryWriting } from '../../platform/optionalWrites.js';
import { type Dataset, withNotes } from '../dataset.js';
import { readCachedFile } from '../files/cachedFile.js';
import { type DatasetFile, readDatasetFiles } from '../files/datasetFile.js';
import { DownloadError, downloadFile, type DownloadOptions } from '../files/download.js';
import { locate } from '../files/locate.js';
import { loadFromArchive } from './archive.js';
import { catalog } from './catalog.js';
import type { CatalogEntry, LoadedFiles } from './catalogEntry.js';

/** Where to look for a data set of the catalog. */
export interface SearchPaths {
  /** The user's folders, searched in this order and never modified. */
  readonly folders: readonly string[];
  /** Searched last. Downloads are stored here, and wrong files are downloaded again. */
  readonly cacheFolder: string;
}

/** A data set of the catalog was not found in any folder and could not be downloaded. */
export class DatasetUnavailableError extends InklingError {
  override name = 'DatasetUnavailableError';
}

/**
 * Loads a data set of the catalog from the first folder that has it, or else downloads it. Every file is verified.
 *
 * @throws {DatasetUnavailableError} that names each folder and URL tried
 * @throws {InklingError} when a file in one of the user's folders is wrong, or a download cannot be written
 */
export async function loadCatalogSet(
  entry: CatalogEntry,
  paths: SearchPaths,
  options: DownloadOptions = {},
): Promise<Dataset> {
  const { name, classes } = entry;
  const { folder, tried } = locate(entry, paths.folders);
  if (folder !== undefined) {
    const files = readDatasetFiles(folder, entry.files);
    checkOwner(entry, files);
    const verified = files.every((file) => file.unverified === undefined);
    return entry.assemble(files, { name, classes, source: { kind: 'files', location: folder, verified } });
  }
  const cache = locate(entry, [paths.cacheFolder]);
  const target = cache.folder ?? join(paths.cacheFolder, name);
  const load = entry.archive === undefined ? loadFromMirrors : loadFromArchive;
  const problems = [...tried, ...cache.tried];
  const { files, origins, cacheProblem } = await load(entry, target, problems, options).catch(
    (error: unknown) => {
      throw error instanceof DownloadError ? unavailable(entry, problems, error) : error;
    },
  );
  const location = origins.length === 0 ? target : origins.join(', ');
  const source = { kind: origins.length === 0 ? 'files' : 'download', location, verified: true } as const;
  const dataset = entry.assemble(files, { name, classes, source });
  if (cacheProblem === undefined) return dataset;
  return withNotes(dataset, [`not cached, so the files will be downloaded again next time: ${cacheProblem}`]);
}

/** Rejects files without a known hash that are another data set's files of the same name. */
function checkOwner(entry: CatalogEntry, files: readonly DatasetFile[]): void {
  for (const { origin, sha256 } of files.filter((file) => file.unverified !== undefined)) {
    const owner = catalog.find((other) => other.files.some((file) => file.sha256 === sha256));
    if (owner === undefined || owner.name === entry.name) continue;
    throw new InklingError(
      `${origin}: expected a file of ${entry.name}, got one of ${owner.name}; put each data set into a folder with its name`,
    );
  }
}

/** Reads the files that are in the cache folder, and downloads those that are missing or wrong. */
async function loadFromMirrors(
  entry: CatalogEntry,
  folder: string,
  problems: string[],
  options: DownloadOptions,
): Promise<LoadedFiles> {
  const files: DatasetFile[] = [];
  let origins: string[] = [];
  let cacheProblem: string | undefined;
  for (const expected of entry.files) {
    const cached = readCachedFile(expected, folder, problems);
    if (cached !== undefined) {
      files.push(cached);
      continue;
    }
    // Mirrors that have worked come first, so that an unreachable mirror costs time once rather than for every file.
    const candidates = [...new Set([...origins, ...entry.mirrors])];
    const { file, stored, mirror } = await downloadFile(expected, candidates, options);
    cacheProblem ??= tryWriting(folder, () => {
      makeFolder(folder);
      // Stored in the form whose hash is known.
      if (expected.packedMd5 === undefined) writeFileAtomic(join(folder, file.name), file.bytes);
      else writeFileAtomic(join(folder, `${file.name}.gz`), stored);
    });
    files.push(file);
    origins = [...new Set([...origins, mirror])];
  }
  return { files, origins, cacheProblem };
}

function unavailable(
  entry: CatalogEntry,
  problems: readonly string[],
  cause: DownloadError,
): DatasetUnavailableError {
  const names = entry.files.map((file) => file.name).join(', ');
  return new DatasetUnavailableError(
    `${entry.name}: not found; tried ${problems.join(', ')}, ${cause.message}; ` +
      `put its files (${names}, raw or .gz) into a folder named ${entry.name} and pass its parent folder as ${option('dataDir')}, or use the data set digits`,
    { cause },
  );
}
