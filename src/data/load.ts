import { basename, resolve, sep } from 'node:path';
import { UsageError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import { kindOf } from '../platform/files.js';
import { assemble } from './assemble.js';
import { loadCatalogSet } from './catalogSet.js';
import { catalog, idxFileNames } from './catalog.js';
import type { Dataset } from './dataset.js';
import { generateDigits } from './digits/digits.js';
import type { DownloadOptions } from './download.js';
import { readFolder } from './idxFile.js';
import { dataFolders, userCacheFolder } from './locate.js';
import type { Environment } from './locate.js';

const MAX_FILE_BYTES = 2 ** 30;
const DIGITS = 'digits';

/** Which data set to load, and where a known one may lie. */
export interface DatasetRequest extends DownloadOptions {
  /** A name of the catalog, `digits` (built in), or a folder that holds four IDX files. */
  readonly name: string;
  /** The first folder in which a data set of the catalog is looked for. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second. */
  readonly environment: Environment;
}

/**
 * Loads a data set into memory.
 * @throws UsageError when no data set has that name
 * @throws DatasetUnavailableError when a data set of the catalog can be had nowhere
 * @throws InklingError when its files are wrong
 */
export async function loadDataset(request: DatasetRequest): Promise<Dataset> {
  const { name, dataDir, environment } = request;
  if (name === DIGITS) return generateDigits({ seed: 0, train: 60_000, test: 10_000 });
  const entry = catalog.find((known) => known.name === name);
  if (entry !== undefined) {
    const places = { folders: dataFolders(dataDir, environment), cacheFolder: userCacheFolder() };
    return loadCatalogSet(entry, places, request);
  }
  if (name.includes('/') || name.includes(sep) || kindOf(name) === 'folder') return loadFolder(name);
  const names = [...catalog.map((known) => known.name), DIGITS];
  throw new UsageError(
    `unknown data set "${name}": expected ${names.join(', ')} or a folder (with a ${sep} in its name).${didYouMean(name, names)}`,
  );
}

/** Loads any four IDX files of the usual names; nothing is known about them, so they are not verified. */
function loadFolder(folder: string): Dataset {
  const path = resolve(folder);
  const files = readFolder(
    path,
    idxFileNames.map((name) => ({ name, bytes: MAX_FILE_BYTES })),
  );
  return assemble(files, {
    name: basename(path),
    source: { kind: 'files', location: path, verified: false },
  });
}
