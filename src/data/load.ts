import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { areEqual } from '../core/arrays.js';
import { InklingError, UsageError } from '../core/errors.js';
import { identifyFile, SIGNATURE_BYTES } from '../core/files/fileType.js';
import type { Shape } from '../core/shape.js';
import { listNames, unknownName } from '../core/suggest.js';
import type { InputKind } from '../images/inputKind.js';
import { fileBytes, kindOf, readRange } from '../platform/files.js';
import { removeAbandonedBelow } from '../platform/temporaries.js';
import { catalog } from './catalog/catalog.js';
import { loadCatalogSet } from './catalog/loadCatalogSet.js';
import { loadArrayFile, loadArrayFolder } from './arrays/loadArrays.js';
import { isArrayFile } from './arrays/readArrays.js';
import type { Dataset } from './dataset.js';
import { datasetPath, knownDatasets } from './datasetPath.js';
import { checkRequest, type DatasetRequest } from './datasetRequest.js';
import { BUILT_IN_DATASET, generateDigits } from './digits/generateDigits.js';
import { listFolder } from './files/listing.js';
import { dataFolders, userCacheFolder } from './files/locate.js';
import type { DatasetUse } from './holdOutTest.js';
import { findIdxFiles } from './idx/findIdx.js';
import { loadIdx } from './idx/loadIdx.js';
import type { TargetShape } from './imageFolder/decodeFiles.js';
import { normalizeDataset } from './inputKind.js';
import { asPhotos } from './photoImages.js';
import { isParquetFile, loadParquetFile, loadParquetFolder } from './parquet/loadParquet.js';
import { loadImageFolder, TAR_EXTENSION } from './imageFolder/loadImageFolder.js';

/** The side of MNIST's images. */
const DIGIT_SIDE = 28;

const IMAGE_EXTENSION = /\.(png|jpe?g|jfif|webp|gif|bmp|tiff?)$/i;

/**
 * Loads a data set. What killed processes left in the cache folder is removed.
 *
 * @throws {UsageError} when there is no data set with that name
 * @throws {DatasetUnavailableError} when a data set of the catalog is not found and cannot be downloaded
 * @throws {InklingError} when its files are malformed
 */
export async function loadDataset(given: DatasetRequest): Promise<Dataset> {
  checkRequest(given);
  const { name, dataDir, environment = process.env } = given;
  const request = { ...given, environment };
  removeAbandonedBelow(userCacheFolder());
  if (name === BUILT_IN_DATASET)
    return prepare(generateDigits({ seed: 0, train: 60_000, test: 10_000 }), request);
  const entry = catalog.find((known) => known.name === name);
  if (entry !== undefined) {
    const paths = { folders: dataFolders(dataDir, environment), cacheFolder: userCacheFolder() };
    return prepare(await loadCatalogSet(entry, paths, request), request);
  }
  const path = datasetPath(name);
  if (path !== undefined) return prepare(await loadPath(path, request), request);
  const expected = listNames([...knownDatasets, `the path of a file or folder (containing ${sep})`]);
  throw new UsageError(unknownName('data set', name, knownDatasets, `expected ${expected}`));
}

function prepare(dataset: Dataset, request: DatasetRequest): Dataset {
  const inputKind = preparedKind(request);
  if (inputKind === undefined) return dataset;
  // Image files were prepared when they were decoded.
  const prepared = dataset.imageFiles ? dataset : prepareAs(inputKind, dataset, request);
  return { ...prepared, inputKind };
}

function prepareAs(inputKind: InputKind, dataset: Dataset, request: DatasetRequest): Dataset {
  if (inputKind === 'digit') return normalizeDataset(dataset, useOf(request));
  const photoShape = inputKind === 'photo' ? photoShapeOf(request) : undefined;
  return photoShape === undefined || areEqual(photoShape, dataset.shape)
    ? dataset
    : asPhotos(dataset, photoShape);
}

/** The photos that are wanted of images that are not files; undefined if they are used as they are. */
function photoShapeOf({ model, imageSize }: DatasetRequest): Shape | undefined {
  return model?.input ?? (imageSize === undefined ? undefined : [imageSize, imageSize, 3]);
}

/** The input kind that the images are prepared as; undefined if they are used unchanged. */
function preparedKind({ input, model }: DatasetRequest): InputKind | undefined {
  return input ?? model?.inputKind;
}

async function loadPath(path: string, request: DatasetRequest): Promise<Dataset> {
  switch (kindOf(path)) {
    case 'folder':
      return loadFolder(path, request);
    case 'file':
      return loadFile(path, request);
    case 'denied':
      throw new InklingError(`cannot read ${path}: permission denied; check its permissions`);
    case 'none':
      throw new InklingError(`no data set in ${path}: no such file or folder; check the path`);
  }
}

async function loadFolder(path: string, request: DatasetRequest): Promise<Dataset> {
  const idxFiles = findIdxFiles(path);
  if (idxFiles !== undefined) return loadIdx(idxFiles, useOf(request));
  const arrays = readdirSync(path).filter(isArrayFile).sort();
  const listing = listFolder(path);
  const hasImages = listing.files.some(({ name }) => IMAGE_EXTENSION.test(name));
  if (arrays.length > 0 && !hasImages) return loadArrayFolder(path, arrays, useOf(request));
  const hasTables = listing.files.some(({ name }) => isParquetFile(name));
  if (hasTables && !hasImages) return loadParquetFolder(path, listing, imageFolderOptions(request));
  return loadImageFolder(path, imageFolderOptions(request), listing);
}

async function loadFile(path: string, request: DatasetRequest): Promise<Dataset> {
  if (TAR_EXTENSION.test(path)) return loadImageFolder(path, imageFolderOptions(request));
  if (isParquetFile(path)) return loadParquetFile(path, imageFolderOptions(request));
  if (isArrayFile(path)) return loadArrayFile(path, useOf(request));
  throw new InklingError(
    `${path}: not a data set, but ${describeFile(path)}; expected a .tar or .tar.gz archive of images, a .csv table or NumPy arrays (.npz, .npy) of pixels, a .parquet table of images or pixels, or a folder of images or IDX files`,
  );
}

/** Describes the type of a file and what to do with it. */
function describeFile(path: string): string {
  const { name, advice } = identifyFile(readRange(path, 0, Math.min(fileBytes(path), SIGNATURE_BYTES)));
  return advice === undefined ? name : `${name} (${advice})`;
}

function useOf({ use = 'training' }: DatasetRequest): DatasetUse {
  return use;
}

function imageFolderOptions(request: DatasetRequest) {
  const { skipUnreadable = false, signal, onDecode, model } = request;
  return {
    target: { ...targetShape(request), inputKind: preparedKind(request) },
    classes: model?.classes,
    use: useOf(request),
    skipUnreadable,
    cacheFolder: userCacheFolder(),
    signal,
    onDecode,
  };
}

function targetShape({ imageSize, input, model }: DatasetRequest): TargetShape {
  if (model !== undefined) {
    const [height, width, channels] = model.input;
    return { size: { width, height }, channels };
  }
  const side = imageSize ?? (input === 'digit' ? DIGIT_SIDE : undefined);
  return {
    size: side === undefined ? undefined : { width: side, height: side },
    channels: input === 'digit' ? 1 : undefined,
  };
}
