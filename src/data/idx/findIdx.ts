import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { option } from '../../core/optionName.js';
import { InklingError } from '../../core/errors.js';
import { kindOf } from '../../platform/files.js';

/** Names such as `train-images-idx3-ubyte`, `t10k-labels.idx1-ubyte.gz`, and `emnist-letters-test-images-idx3-ubyte`. */
const IDX_NAME =
  /^(?:(.+)[-_.])?(train|t10k|test)[-_.](images|labels)[-_.]idx\d(?:[-_.](?:ubyte|int))?(?:\.gz)?$/i;
/** The depth to which files are searched below the given folder: torchvision stores them in `MNIST/raw`. */
const MAX_DEPTH = 3;
/** A folder with more subfolders contains images by class, not IDX files. */
const MAX_SUBFOLDERS = 64;

/** Whether a file's name is that of an IDX file of images. */
export function isIdxImageFile(name: string): boolean {
  return IDX_NAME.exec(name)?.[3].toLowerCase() === 'images';
}

/** The IDX files of one data set. */
export interface IdxFileSet {
  readonly folder: string;
  /** The prefix of `train` and `test` in the names of the files, such as `emnist-letters`; usually empty. */
  readonly prefix: string;
  /** Paths by part and content, such as `train images`. */
  readonly paths: ReadonlyMap<string, string>;
}

/**
 * Finds the IDX files in a folder, or below it if it contains none itself, under every name in use; Kaggle puts each into a
 * folder with its name.
 *
 * @returns undefined if there are none
 * @throws {InklingError} when there are files of several data sets
 */
export function findIdxFiles(root: string): IdxFileSet | undefined {
  let level = [root];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const found = level.flatMap(idxFilesIn);
    if (found.length > 1) {
      const listed = found.map(({ folder, prefix }) => (prefix === '' ? folder : `${prefix} in ${folder}`));
      throw new InklingError(
        `${root}: contains the IDX files of several data sets: ${listed.join(', ')}; pass the folder of one, or use its name with ${option('dataDir')}`,
      );
    }
    if (found.length === 1) return found[0];
    level = level.flatMap(subfoldersOf);
  }
  return undefined;
}

function idxFilesIn(folder: string): IdxFileSet[] {
  const sets = new Map<string, Map<string, string>>();
  const add = (path: string, name: string): void => {
    const match = IDX_NAME.exec(name);
    if (match === null || kindOf(path) !== 'file') return;
    const [, set = '', part, content] = match;
    const files = sets.get(set) ?? new Map<string, string>();
    const key = `${part.toLowerCase() === 'train' ? 'train' : 'test'} ${content.toLowerCase()}`;
    const known = files.get(key);
    // An unpacked file is read faster.
    if (known === undefined || (known.endsWith('.gz') && !path.endsWith('.gz'))) files.set(key, path);
    sets.set(set, files);
  };
  for (const name of entriesOf(folder).filter((entry) => IDX_NAME.test(entry))) {
    const path = join(folder, name);
    add(path, name);
    if (kindOf(path) === 'folder') for (const inner of entriesOf(path)) add(join(path, inner), inner);
  }
  return [...sets].map(([prefix, paths]) => ({ folder, prefix, paths }));
}

function subfoldersOf(folder: string): string[] {
  const folders = entriesOf(folder)
    .map((name) => join(folder, name))
    .filter((path) => kindOf(path) === 'folder');
  return folders.length > MAX_SUBFOLDERS ? [] : folders;
}

/** The names in a folder, sorted; none if it cannot be read. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
