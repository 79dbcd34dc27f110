import { basename, sep } from 'node:path';
import { InklingError, UsageError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { didYouMean } from '../core/suggest.js';
import { kindOf } from '../platform/files.js';
import { catalog } from './catalog/catalog.js';
import { loadCatalogSet } from './catalog/loadCatalogSet.js';
import { CSV_EXTENSION, loadCsv } from './csv/loadCsv.js';
import type { Dataset } from './dataset.js';
import { datasetPath, knownDatasets } from './datasetPath.js';
import { BUILT_IN_DATASET, generateDigits } from './digits/generateDigits.js';
import { readDatasetFiles } from './files/datasetFile.js';
import type { DownloadOptions } from './files/download.js';
import { dataFolders, type Environment, missingFiles, userCacheFolder } from './files/locate.js';
import { IDX_FILE_NAMES, idxDataset } from './idx/idxDataset.js';
import type { DecodeOptions } from './imageFolder/decodeFiles.js';
import { loadImageFolder, TAR_EXTENSION } from './imageFolder/loadImageFolder.js';

const MAX_FILE_BYTES = 2 ** 30;

/** Which data set to load, and where to look for it. */
export interface DatasetRequest extends DownloadOptions, DecodeOptions {
  /** A name in the catalog, `digits` (built in), or the path of an image folder, a tar archive of one, a CSV file or a folder of IDX files. */
  readonly name: string;
  /** The first folder to search for a data set of the catalog. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second. */
  readonly environment: Environment;
  /** The height and width to which image files are resized; by default their own if all are equal and small. */
  readonly imageSize?: number | undefined;
  /** Skips files that cannot be decoded, which are otherwise an error. */
  readonly skipUnreadable?: boolean | undefined;
  /** The model that will use the data set: image files are resized to its input, and labeled by its classes if given. */
  readonly model?: { readonly input: Shape; readonly classes?: readonly string[] } | undefined;
}

/**
 * Loads a data set into memory.
 *
 * @throws {UsageError} when there is no data set with that name
 * @throws {DatasetUnavailableError} when a data set of the catalog is not found and cannot be downloaded
 * @throws {InklingError} when its files are malformed
 */
export async function loadDataset(request: DatasetRequest): Promise<Dataset> {
  const { name, dataDir, environment } = request;
  if (name === BUILT_IN_DATASET) return generateDigits({ seed: 0, train: 60_000, test: 10_000 });
  const entry = catalog.find((known) => known.name === name);
  if (entry !== undefined) {
    const paths = { folders: dataFolders(dataDir, environment), cacheFolder: userCacheFolder() };
    return loadCatalogSet(entry, paths, request);
  }
  const path = datasetPath(name);
  if (path !== undefined) return loadPath(path, request);
  throw new UsageError(
    `unknown data set "${name}": expected ${knownDatasets.join(', ')}, or the path of a file or folder (containing ${sep}).${didYouMean(name, knownDatasets)}`,
  );
}

async function loadPath(path: string, request: DatasetRequest): Promise<Dataset> {
  switch (kindOf(path)) {
    case 'folder':
      return missingFiles(path, IDX_FILE_NAMES).length < IDX_FILE_NAMES.length
        ? loadIdxFolder(path)
        : loadImageFolder(path, imageFolderOptions(request));
    case 'file':
      if (TAR_EXTENSION.test(path)) return loadImageFolder(path, imageFolderOptions(request));
      if (CSV_EXTENSION.test(path)) return loadCsv(path);
      throw new InklingError(
        `${path}: not a data set; expected a .tar or .tar.gz archive of images, a .csv file of pixels, or a folder of images or IDX files`,
      );
    case 'denied':
      throw new InklingError(`cannot read ${path}: permission denied; check its permissions`);
    case 'none':
      throw new InklingError(`no data set in ${path}: no such file or folder; check the path`);
  }
}

/** Loads four IDX files with MNIST's names. They are not verified, since nothing is known about them. */
function loadIdxFolder(folder: string): Dataset {
  const files = readDatasetFiles(
    folder,
    IDX_FILE_NAMES.map((name) => ({ name, bytes: MAX_FILE_BYTES })),
  );
  return idxDataset(files, {
    name: basename(folder),
    source: { kind: 'files', location: folder, verified: false },
  });
}

function imageFolderOptions(request: DatasetRequest) {
  const { imageSize, skipUnreadable = false, model, signal, onDecode } = request;
  const size = imageSize === undefined ? undefined : { width: imageSize, height: imageSize };
  const [height, width, channels] = model?.input ?? [];
  return {
    target: model === undefined ? { size } : { size: { width, height }, channels },
    classes: model?.classes,
    skipUnreadable,
    cacheFolder: userCacheFolder(),
    signal,
    onDecode,
  };
}
