import { basename, resolve, sep } from 'node:path';
import { InklingError, UsageError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { didYouMean } from '../core/suggest.js';
import { kindOf } from '../platform/files.js';
import { assemble } from './assemble.js';
import { catalog, idxFileNames } from './catalog.js';
import { loadCatalogSet } from './catalogSet.js';
import { loadCsv, TABLE } from './csvSet.js';
import type { Dataset } from './dataset.js';
import { generateDigits } from './digits/digits.js';
import type { DownloadOptions } from './download.js';
import { readFolder } from './idxFile.js';
import { dataFolders, missingFiles, userCacheFolder } from './locate.js';
import type { Environment } from './locate.js';
import type { DecodeOptions } from './pictures/decode.js';
import { ARCHIVE, loadPictures } from './pictures/load.js';

const MAX_FILE_BYTES = 2 ** 30;
const DIGITS = 'digits';

/** Which data set to load, and where a known one may lie. */
export interface DatasetRequest extends DownloadOptions, DecodeOptions {
  /** A name of the catalog, `digits` (built in), or the path of a folder of pictures, a tar archive of one, a table of pixels or IDX files. */
  readonly name: string;
  /** The first folder in which a data set of the catalog is looked for. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second. */
  readonly environment: Environment;
  /** Height and width that pictures are brought to; by default their own, where they are small and all have the same. */
  readonly imageSize?: number | undefined;
  /** Leaves out files that give no picture, which are an error else. */
  readonly skipUnreadable?: boolean | undefined;
  /** What will look at the images, where that is known: pictures are brought to its shape, and labelled by its classes if it keeps them. */
  readonly model?: { readonly input: Shape; readonly classes?: readonly string[] } | undefined;
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
  if (name.includes('/') || name.includes(sep) || kindOf(name) !== 'none') {
    return loadPath(resolve(name), request);
  }
  const names = [...catalog.map((known) => known.name), DIGITS];
  throw new UsageError(
    `unknown data set "${name}": expected ${names.join(', ')}, or a folder or file (with a ${sep} in its name).${didYouMean(name, names)}`,
  );
}

async function loadPath(path: string, request: DatasetRequest): Promise<Dataset> {
  switch (kindOf(path)) {
    case 'folder':
      return missingFiles(path, idxFileNames).length < idxFileNames.length
        ? loadIdx(path)
        : loadPictures(path, pictureOptions(request));
    case 'file':
      if (ARCHIVE.test(path)) return loadPictures(path, pictureOptions(request));
      if (TABLE.test(path)) return loadCsv(path);
      throw new InklingError(
        `${path}: is no data set; expected a .tar or .tar.gz file of pictures, a .csv file of pixels, or a folder of pictures or IDX files`,
      );
    case 'denied':
      throw new InklingError(`cannot read ${path}: permission denied; check its permissions`);
    case 'none':
      throw new InklingError(`no data set in ${path}: no such file or folder; check the path`);
  }
}

/** Loads any four IDX files of the usual names; nothing is known about them, so they are not verified. */
function loadIdx(folder: string): Dataset {
  const files = readFolder(
    folder,
    idxFileNames.map((name) => ({ name, bytes: MAX_FILE_BYTES })),
  );
  return assemble(files, {
    name: basename(folder),
    source: { kind: 'files', location: folder, verified: false },
  });
}

function pictureOptions(request: DatasetRequest) {
  const { imageSize, skipUnreadable = false, model, signal, onPictures } = request;
  const size = imageSize === undefined ? undefined : { width: imageSize, height: imageSize };
  const [height, width, channels] = model?.input ?? [];
  return {
    wanted: model === undefined ? { size } : { size: { width, height }, channels },
    classes: model?.classes,
    skipUnreadable,
    cacheFolder: userCacheFolder(),
    signal,
    onPictures,
  };
}
