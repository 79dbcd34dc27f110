import { text } from '../text/text.js';
import { addExamples, type Collection, countExamples, emptyCollection } from './collection.js';
import { idxExamples, kindOfIdx, MAX_IMAGES } from './idxExamples.js';
import { readIdx } from './idxFiles.js';
import { isIdx } from './idxNames.js';
import type { OpenedFile } from './openedFiles.js';
import { preparedKindOf } from './preparedImage.js';
import { type Failure, readExamples } from './readExamples.js';

/** What files contain. */
export interface ImportedFiles {
  /** Adds their images to a collection, whatever has become of it since. */
  readonly add: (before: Collection) => Collection;
  readonly failures: readonly Failure[];
  /** What to know about it. */
  readonly notice: string | undefined;
}

/**
 * Reads the images in files for a collection. Those that the lab has saved, and those of MNIST, are a data set of their own if it has no
 * examples yet: of their kind, with their classes in the same order.
 *
 * @param className of files that were in no folder
 * @param onProgress receives the number of files that were read
 */
export async function importFiles(
  files: readonly OpenedFile[],
  collection: Collection,
  className: string,
  onProgress: (done: number) => void,
): Promise<ImportedFiles> {
  onProgress(0);
  const isEmpty = countExamples(collection) === 0;
  const imageFiles = files.filter(({ file }) => !isIdx(file.name));
  const { sets, failures } = await readIdx(files.flatMap(({ file }) => (isIdx(file.name) ? file : [])));
  const ownKind = isEmpty ? ((await savedKindOf(imageFiles)) ?? kindOfIdx(sets)) : undefined;
  const kind = ownKind ?? collection.kind;
  const images = await readExamples(imageFiles, kind, className, onProgress);
  const idx = await idxExamples(sets, kind);
  const groups = [...images.groups, ...idx.groups];
  const total = sets.reduce((sum, { labels }) => sum + labels.length, 0);
  return {
    add: (before) => {
      if (groups.length === 0) return before;
      const isReplaced = before.kind !== kind || (ownKind !== undefined && countExamples(before) === 0);
      return addExamples(isReplaced ? emptyCollection(kind, [], before.split) : before, groups);
    },
    failures: [...failures, ...images.failures, ...idx.failures],
    notice: total > MAX_IMAGES ? text.data.firstImages(MAX_IMAGES, total) : undefined,
  };
}

/** The kind of examples that the lab has saved; undefined for other files. */
async function savedKindOf([first]: readonly (OpenedFile | undefined)[]) {
  return first === undefined ? undefined : await preparedKindOf(first.file);
}
