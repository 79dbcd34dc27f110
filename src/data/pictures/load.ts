import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { sizeOf } from '../../core/shape.js';
import { kindOf, makeFolder } from '../../platform/files.js';
import { holdOutTest } from '../holdOutTest.js';
import type { Dataset } from '../dataset.js';
import { gunzipFile } from '../gunzip.js';
import { pickImages } from '../imageSet.js';
import { cacheKey, keep, readKept } from './cache.js';
import { type DecodeOptions, decodePictures, type WantedShape } from './decode.js';
import { layOut } from './layout.js';
import { listFolder, type Listing } from './listing.js';
import type { DecodedPictures, UnreadableFile } from './pictures.js';
import { listTar } from './tar.js';

/** An archive that unpacks to more is not unpacked for its owner. */
const UNPACKED_LIMIT_BYTES = 2 ** 34;
/** Files that a message names, at most. */
const MOST_NAMED = 5;

/** Names of archives of pictures. */
export const ARCHIVE = /\.(tar|tar\.gz|tgz)$/i;

export interface PictureOptions extends DecodeOptions {
  readonly wanted: WantedShape;
  /** The classes to label by, in their order, where a model knows them already. */
  readonly classes?: readonly string[] | undefined;
  /** Leaves out files that give no picture, which are an error else. */
  readonly skipUnreadable: boolean;
  /** Where decoded pictures are kept. */
  readonly cacheFolder: string;
}

/**
 * Loads a folder of pictures, or a tar archive of one; what is in it, `layOut` tells. What was decoded is kept, and read the
 * next time unless a file has changed.
 *
 * @param path absolute
 * @throws {InklingError} when it holds no data set, or files that are no pictures
 */
export async function loadPictures(path: string, options: PictureOptions): Promise<Dataset> {
  const decoded = await decodedPictures(path, options);
  if (decoded.unreadable.length > 0 && !options.skipUnreadable) {
    throw new InklingError(
      `${path}: ${describeUnreadable(decoded.unreadable)}; repair or remove them, or leave them out with --skip-unreadable`,
    );
  }
  return datasetOf(path, decoded, options.classes);
}

async function decodedPictures(path: string, options: PictureOptions): Promise<DecodedPictures> {
  const folder = join(options.cacheFolder, 'pictures');
  const { size, channels } = options.wanted;
  const wanted = JSON.stringify([size?.width, size?.height, channels]);
  const listed = ARCHIVE.test(path) ? undefined : listFolder(path);
  const key = cacheKey([
    path,
    wanted,
    ...(listed === undefined ? [stampOf(path)] : listed.files.flatMap(({ name, stamp }) => [name, stamp])),
    ...(listed?.folders ?? []),
  ]);
  const kept = readKept(folder, key);
  if (kept !== undefined) return kept;
  const decode = async (listing: Listing) =>
    decodePictures(layOut(listing, path), options.wanted, path, options);
  const decoded = listed === undefined ? await withTar(path, options, decode) : await decode(listed);
  keep(folder, key, decoded);
  return decoded;
}

function stampOf(path: string): string {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return `${size} ${mtimeMs} ${ctimeMs}`;
}

/** Does a task with what a tar archive holds; one that is packed lies unpacked in the cache folder meanwhile. */
async function withTar<T>(
  path: string,
  { cacheFolder, signal }: PictureOptions,
  task: (listing: Listing) => Promise<T>,
): Promise<T> {
  if (/\.tar$/i.test(path)) return task(listTarFile(path, path));
  makeFolder(cacheFolder);
  const unpacked = join(cacheFolder, `${randomUUID().slice(0, 8)}.tar.tmp`);
  try {
    await gunzipFile(path, unpacked, UNPACKED_LIMIT_BYTES, signal);
    return await task(listTarFile(unpacked, path));
  } finally {
    rmSync(unpacked, { force: true });
  }
}

function listTarFile(file: string, who: string): Listing {
  const opened = openSync(file, 'r');
  try {
    return listTar({ path: file, who, bytes: statSync(file).size }, (offset, bytes) => {
      const range = new Uint8Array(bytes);
      return range.subarray(0, readSync(opened, range, 0, bytes, offset));
    });
  } finally {
    closeSync(opened);
  }
}

/** `3 files give no picture: a.txt (not a picture; …), …` */
function describeUnreadable(unreadable: readonly UnreadableFile[]): string {
  const named = unreadable.slice(0, MOST_NAMED).map(({ file, problem }) => `${file} (${problem})`);
  const more = unreadable.length > MOST_NAMED ? `, and ${unreadable.length - MOST_NAMED} more` : '';
  const files = formatPlural(unreadable.length, 'file');
  return `${files} ${unreadable.length === 1 ? 'gives' : 'give'} no picture: ${named.join(', ')}${more}`;
}

function datasetOf(path: string, decoded: DecodedPictures, wanted: readonly string[] | undefined): Dataset {
  const { shape, counts, files, images, sizes, unreadable, beside, sha256 } = decoded;
  const empty = decoded.classes.find((_, label) => counts[0][label] === 0);
  if (empty !== undefined) {
    throw new InklingError(`${path}: the class "${empty}" has no picture that can be read; add some`);
  }
  const classes = wanted ?? decoded.classes;
  const all = { images, labels: labelsOf(decoded, classes, path) };
  const imageBytes = sizeOf(shape);
  const [trainCount, validationCount, testCount] = counts.map((part) => part.reduce((sum, n) => sum + n, 0));
  const learned = trainCount + validationCount;
  const cut = testCount > 0 ? undefined : holdOutTest(all.labels.subarray(0, trainCount), classes.length);
  const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, at) => from + at);
  const [train, test] =
    cut === undefined
      ? [range(0, learned), range(learned, files.length)]
      : [Uint32Array.from([...cut.train, ...range(trainCount, learned)]), cut.test];
  const notes = [
    ...(cut === undefined ? [] : [cut.note]),
    ...(unreadable.length === 0 ? [] : [`left out: ${describeUnreadable(unreadable)}`]),
    ...(beside.length === 0
      ? []
      : [`left alone: ${formatPlural(beside.length, 'file')} beside the class folders`]),
  ];
  return {
    name: kindOf(path) === 'file' ? basename(path).replace(ARCHIVE, '') : basename(path),
    source: {
      kind: 'files',
      location: path,
      verified: false,
      sha256: { images: sha256 },
      ...(notes.length === 0 ? {} : { notes }),
    },
    shape,
    classes,
    train: pickImages(all, train, imageBytes),
    ...(validationCount === 0 ? {} : { validationCount }),
    test: pickImages(all, test, imageBytes),
    pictures: {
      files: { train: Array.from(train, (at) => files[at]), test: Array.from(test, (at) => files[at]) },
      sizes,
      unreadable,
    },
  };
}

/** @throws {InklingError} when there is a class that is not wanted */
function labelsOf(
  { classes: own, counts }: DecodedPictures,
  classes: readonly string[],
  path: string,
): Uint8Array {
  const labels = own.map((name) => classes.indexOf(name));
  const unknown = labels.indexOf(-1);
  if (unknown !== -1) {
    throw new InklingError(
      `${path}: has the class "${own[unknown]}", which the model does not know; expected some of ${classes.join(', ')}`,
    );
  }
  return Uint8Array.from(
    counts.flatMap((part) => part.flatMap((count, label) => new Array<number>(count).fill(labels[label]))),
  );
}
