import { addExamples, type Collection, countExamples, emptyCollection } from './collection.js';
import type { OpenedFile } from './openedFiles.js';
import { preparedKindOf } from './preparedImage.js';
import { type Failure, readExamples } from './readExamples.js';

/** What files contain. */
export interface ImportedFiles {
  /** Adds their images to a collection, whatever has become of it since. */
  readonly add: (before: Collection) => Collection;
  readonly failures: readonly Failure[];
}

/**
 * Reads the images in files for a collection. Those that the lab has saved become what they were if it has no examples yet: of the same
 * kind, with the same classes in the same order.
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
  const saved = countExamples(collection) === 0 ? await savedKindOf(files) : undefined;
  const kind = saved ?? collection.kind;
  const { groups, failures } = await readExamples(files, kind, className, onProgress);
  return {
    add: (before) => {
      if (groups.length === 0) return before;
      const isReplaced = before.kind !== kind || (saved !== undefined && countExamples(before) === 0);
      return addExamples(isReplaced ? emptyCollection(kind, []) : before, groups);
    },
    failures,
  };
}

/** The kind of examples that the lab has saved; undefined for other files. */
async function savedKindOf([first]: readonly (OpenedFile | undefined)[]) {
  return first === undefined ? undefined : await preparedKindOf(first.file);
}
