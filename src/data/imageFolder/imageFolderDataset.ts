import { InklingError } from '../../core/errors.js';
import { formatPlural, listFirst } from '../../core/format.js';
import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../dataset.js';
import { type DatasetUse, withTestImages } from '../holdOutTest.js';
import type { UnreadableFile } from '../imageFiles.js';
import { pickImages } from '../imageSet.js';
import { unknownClassError } from '../matchClasses.js';
import type { DecodedFiles } from './decodedFiles.js';
import { type Labels, toLabels } from '../classes.js';

/** The maximum number of files that a message lists. */
const MAX_LISTED = 5;

/**
 * Makes a data set from decoded image files, and holds out a test set if there is none.
 *
 * @param classes the classes that define the labels; by default those of the folders
 * @throws {InklingError} when a class has no training images, or is not one of `classes`
 */
export function imageFolderDataset(
  { path, name }: { readonly path: string; readonly name: string },
  decoded: DecodedFiles,
  use: DatasetUse,
  classes: readonly string[] = decoded.classes,
): Dataset {
  const { shape, counts, files, images, sizes, unreadable, sha256 } = decoded;
  const empty = decoded.classes.find((_, label) => counts[0].some(Boolean) && counts[0][label] === 0);
  if (empty !== undefined) {
    throw new InklingError(
      `${path}: none of the training images of the class "${empty}" can be decoded; add some`,
    );
  }
  const all = { images, labels: labelsOf(decoded, classes, path) };
  const imageBytes = sizeOf(shape);
  const [trainCount, validationCount] = counts.map((part) => part.reduce((sum, n) => sum + n, 0));
  const testStart = trainCount + validationCount;
  const notes = describeSkipped(decoded);
  const dataset: Dataset = {
    name,
    source: {
      kind: 'files',
      location: path,
      verified: false,
      sha256: { images: sha256 },
      ...(notes.length === 0 ? {} : { notes }),
    },
    shape,
    classes,
    train: pickImages(all, range(0, testStart), imageBytes),
    ...(validationCount === 0 ? {} : { validationCount }),
    test: pickImages(all, range(testStart, files.length), imageBytes),
    splitMethod: 'stratified',
    imageFiles: {
      files: { train: files.slice(0, testStart), test: files.slice(testStart) },
      sizes,
      unreadable,
    },
  };
  return withTestImages(dataset, use);
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}

/** @throws {InklingError} when a class is not one of `classes` */
function labelsOf({ classes: own, counts }: DecodedFiles, classes: readonly string[], path: string): Labels {
  const labels = own.map((name) => classes.indexOf(name));
  const unknown = labels.indexOf(-1);
  if (unknown !== -1) throw unknownClassError(path, own[unknown], classes);
  return toLabels(
    counts.flatMap((part) => part.flatMap((count, label) => new Array<number>(count).fill(labels[label]))),
    classes.length,
  );
}

function describeSkipped({ unreadable, notes }: DecodedFiles): string[] {
  return [...(unreadable.length === 0 ? [] : [`skipped: ${describeUnreadable(unreadable)}`]), ...notes];
}

/** `3 files cannot be decoded: a.txt (not an image; …), …` */
export function describeUnreadable(unreadable: readonly UnreadableFile[]): string {
  const listed = unreadable.map(({ file, problem }) => `${file} (${problem})`);
  return `${formatPlural(unreadable.length, 'file')} cannot be decoded: ${listFirst(listed, MAX_LISTED)}`;
}
