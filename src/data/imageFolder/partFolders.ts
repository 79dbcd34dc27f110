import { InklingError } from '../../core/errors.js';
import { partNamed, wordsOf } from '../partNames.js';
import type { DatasetPart } from '../parts.js';
import type { ClassFolder } from './checkClasses.js';
import { filesBelow, type FolderNode, hasOnlyDocuments } from './folderTree.js';

/** Words in the names of folders with unlabeled images. */
const UNLABELED_WORDS = [
  'pred',
  'prediction',
  'predictions',
  'predict',
  'unlabeled',
  'unlabelled',
  'sample',
  'samples',
  'extra',
  'submission',
  'inference',
];

/** The class folders of a data set, and what was skipped. */
export interface FoundFolders {
  readonly classFolders: readonly ClassFolder[];
  readonly notes: readonly string[];
}

/**
 * Finds the class folders of a data set, at its root or in folders for its parts. A folder named like a part is one only if it
 * contains class folders: `train` next to `bus` is a class.
 *
 * @throws {InklingError} when the folders are ambiguous, or two are the same part
 */
export function findClassFolders(root: FolderNode, location: string): FoundFolders {
  const documents = root.folders.filter(hasOnlyDocuments);
  const folders = root.folders.filter((folder) => !documents.includes(folder));
  const notes = documents.map((folder) => `ignored: the folder "${folder.name}", which contains no images`);
  const parts = folders.flatMap((folder) => {
    const part = partNamed(folder.name);
    const inner = withoutWrapper(folder);
    return part === undefined || inner.folders.length === 0 ? [] : [{ part, folder, inner }];
  });
  if (parts.length === 0) {
    const classFolders = folders.map((folder) => classFolderOf('train', folder));
    return { classFolders, notes: [...notes, ...describePartsAsClasses(folders, location)] };
  }
  const others = folders.filter((folder) => !parts.some((part) => part.folder === folder));
  checkOthers(others, parts, location);
  checkParts(parts, location);
  return {
    classFolders: parts.flatMap(({ part, inner }) =>
      inner.folders
        .filter((folder) => !hasOnlyDocuments(folder))
        .map((folder) => classFolderOf(part, folder)),
    ),
    notes: [...notes, ...others.map(describeOther)],
  };
}

interface PartFolder {
  readonly part: DatasetPart;
  readonly folder: FolderNode;
  /** The folder that contains the class folders. */
  readonly inner: FolderNode;
}

/** `train/train/cat` and `train/images/cat` have a folder that only wraps the classes. */
function withoutWrapper(folder: FolderNode): FolderNode {
  if (folder.folders.length !== 1) return folder;
  const [inner] = folder.folders;
  const isWrapper =
    inner.folders.length > 0 &&
    (inner.name === folder.name ||
      partNamed(`train ${inner.name}`) === 'train' ||
      partNamed(inner.name) !== undefined);
  return isWrapper ? withoutWrapper(inner) : folder;
}

function classFolderOf(part: DatasetPart, { name, path }: FolderNode): ClassFolder {
  return { part, path, class: name.normalize('NFC') };
}

/** @throws {InklingError} when all folders are named like parts, none of which contains classes */
function describePartsAsClasses(folders: readonly FolderNode[], location: string): string[] {
  const named = folders.filter(({ name }) => partNamed(name) !== undefined);
  if (named.length === 0) return [];
  const names = named.map(({ name }) => `"${name}"`).join(' and ');
  if (named.length === folders.length) {
    throw new InklingError(
      `${location}: expected one folder per class in ${names}, got images without class folders; sort them into folders by class`,
    );
  }
  return [
    `${names} ${named.length === 1 ? 'is' : 'are'} treated as a class because of the classes next to it`,
  ];
}

/** @throws {InklingError} when a folder next to the parts seems to be a part or a class */
function checkOthers(others: readonly FolderNode[], parts: readonly PartFolder[], location: string): void {
  const classes = new Set(parts.flatMap(({ inner }) => inner.folders.map(({ name }) => name)));
  const unexpected = others.find((folder) => {
    if (
      partNamed(folder.name) !== undefined ||
      wordsOf(folder.name).some((word) => UNLABELED_WORDS.includes(word))
    ) {
      return false;
    }
    return parts.length === 1 || folder.folders.some(({ name }) => classes.has(name));
  });
  if (unexpected === undefined) return;
  throw new InklingError(
    `${location}: has a folder "${unexpected.name}" next to "${parts.map(({ folder }) => folder.name).join('" and "')}"; expected only train, validation, and test, with one folder per class in each`,
  );
}

/** @throws {InklingError} when two folders are the same part, or there is neither training nor test data */
function checkParts(parts: readonly PartFolder[], location: string): void {
  for (const [index, { part, folder }] of parts.entries()) {
    const other = parts.slice(0, index).find((each) => each.part === part);
    if (other === undefined) continue;
    throw new InklingError(
      `${location}: has folders "${other.folder.name}" and "${folder.name}", expected one folder for ${part}; merge them`,
    );
  }
  if (parts.some(({ part }) => part !== 'validation')) return;
  throw new InklingError(
    `${location}: expected a folder "train" with one folder per class, got only "${parts[0].folder.name}"; add it`,
  );
}

function describeOther(folder: FolderNode): string {
  const count = filesBelow(folder).length;
  return `ignored: the folder "${folder.name}" (${count} ${count === 1 ? 'file' : 'files'}), which does not belong to a data set with one folder per class`;
}
