import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import type { DatasetPart } from '../parts.js';
import { MAX_CLASSES } from '../classes.js';

/** A folder with the images of a class. */
export interface ClassFolder {
  readonly part: DatasetPart;
  /** Its path relative to the root, with a trailing slash. */
  readonly path: string;
  readonly class: string;
}

/** @throws {InklingError} unless there are at least 2 classes, not too many, all of them with training images if there are any */
export function checkClasses(
  folders: readonly ClassFolder[],
  names: readonly string[],
  location: string,
): void {
  const isTestOnly = folders.every(({ part }) => part === 'test');
  const untrained = isTestOnly
    ? undefined
    : names.find((name) => !folders.some((folder) => folder.part === 'train' && folder.class === name));
  if (untrained !== undefined) {
    throw new InklingError(
      `${location}: the class "${untrained}" has validation or test images, but no training images; add the folder train/${untrained}, or remove the class from the other parts`,
    );
  }
  if (names.length < (isTestOnly ? 1 : 2)) {
    const found = names.length === 0 ? 'no class folders' : `only the class "${names[0]}"`;
    throw new InklingError(
      `${location}: expected at least two classes, each a folder with its images, got ${found}`,
    );
  }
  if (names.length > MAX_CLASSES) {
    throw new InklingError(
      `${location}: has ${formatCount(names.length)} classes, expected at most ${formatCount(MAX_CLASSES)}`,
    );
  }
}

/** @throws {InklingError} when two class folders have names that some systems or readers consider equal */
export function checkNames(
  folders: readonly ClassFolder[],
  names: readonly string[],
  location: string,
): void {
  const paths = new Map<string, string>();
  for (const { part, class: name, path } of folders) {
    const key = `${part}/${name}`;
    const other = paths.get(key);
    if (other !== undefined) {
      throw new InklingError(
        `${location}: the names of "${other}" and "${path}" differ only in their Unicode encoding; rename one, or merge them`,
      );
    }
    paths.set(key, path);
  }
  const byLowerCase = new Map<string, string>();
  for (const name of names) {
    const other = byLowerCase.get(name.toLowerCase());
    if (other !== undefined) {
      throw new InklingError(
        `${location}: the names of the classes "${other}" and "${name}" differ only in capitalization; rename one, or merge them`,
      );
    }
    byLowerCase.set(name.toLowerCase(), name);
  }
}
