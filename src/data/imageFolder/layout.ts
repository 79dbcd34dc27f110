import { InklingError } from '../../core/errors.js';
import type { ListedFile, Listing } from '../files/listing.js';
import { DATASET_PARTS, type DatasetPart } from '../parts.js';
import { checkClasses, checkNames, type ClassFolder } from './checkClasses.js';

/** Folder names of the parts. */
const partNames: ReadonlyMap<string, DatasetPart> = new Map([
  ['train', 'train'],
  ['validation', 'validation'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['test', 'test'],
]);

/** An image file that belongs to a class. */
export interface ClassifiedFile extends ListedFile {
  readonly part: DatasetPart;
  readonly label: number;
}

/** The classes and parts that the folder structure defines. */
export interface Layout {
  /** Sorted by name, in Unicode normalization form C. */
  readonly classes: readonly string[];
  /** Sorted by part, class and name. */
  readonly files: readonly ClassifiedFile[];
  /** The names of files outside the class folders. */
  readonly unclassified: readonly string[];
}

/**
 * Reads classes and parts from the folder structure: `class/…`, or `train/class/…` with optional `validation` and `test`
 * folders next to `train`. Folders that only wrap this structure are ignored.
 *
 * @param location the data set, for error messages
 * @throws {InklingError} when there are fewer than 2 classes or more than 256, a class is empty, or names collide
 */
export function readLayout({ files, folders }: Listing, location: string): Layout {
  const all = [...new Set([...folders, ...files.flatMap(({ name }) => parentsOf(name))])].sort();
  const root = findRoot(all);
  const topLevel = childrenOf(root, all);
  const classFolders = topLevel.some(isPart)
    ? foldersOfParts(topLevel, root, all, location)
    : foldersOfClasses('train', root, all);
  const classes = classesOf(classFolders, location);
  const filesByFolder = groupByFolder(files, classFolders);
  const classified = DATASET_PARTS.flatMap((part) =>
    classes.flatMap((name, label) =>
      classFolders
        .filter((folder) => folder.part === part && folder.class === name)
        .flatMap((folder) =>
          filesIn(folder, filesByFolder, location).map((file) => ({ ...file, part, label })),
        ),
    ),
  );
  const classifiedNames = new Set(classified.map(({ name }) => name));
  return {
    classes,
    files: classified,
    unclassified: files.map(({ name }) => name).filter((name) => !classifiedNames.has(name)),
  };
}

/** The paths of all folders above a file. */
function parentsOf(name: string): string[] {
  const segments = name.split('/');
  return segments.slice(1).map((_, depth) => segments.slice(0, depth + 1).join('/'));
}

/** The path of the folders that only wrap the data set, with a trailing slash; empty if there are none. */
function findRoot(folders: readonly string[]): string {
  let root = '';
  for (;;) {
    const children = childrenOf(root, folders);
    if (children.length !== 1 || isPart(children[0])) return root;
    const inner = `${root}${children[0]}/`;
    if (childrenOf(inner, folders).length === 0) return root;
    root = inner;
  }
}

/** The names of the folders directly in a folder. */
function childrenOf(path: string, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => folder.startsWith(path))
    .map((folder) => folder.slice(path.length))
    .filter((rest) => rest !== '' && !rest.includes('/'));
}

function isPart(name: string): boolean {
  return partNames.has(name.toLowerCase());
}

function foldersOfClasses(part: DatasetPart, path: string, folders: readonly string[]): ClassFolder[] {
  return childrenOf(path, folders).map((name) => ({
    part,
    path: `${path}${name}/`,
    class: name.normalize('NFC'),
  }));
}

function foldersOfParts(
  names: readonly string[],
  root: string,
  folders: readonly string[],
  location: string,
): ClassFolder[] {
  const folderNames = new Map<DatasetPart, string>();
  const classFolders = names.flatMap((name) => {
    const part = partNames.get(name.toLowerCase());
    if (part === undefined) {
      throw new InklingError(
        `${location}: has a folder "${name}" next to "${names.filter(isPart).join('" and "')}"; expected only train, validation, and test, with one folder per class in each`,
      );
    }
    const other = folderNames.get(part);
    if (other !== undefined) {
      throw new InklingError(
        `${location}: has folders "${other}" and "${name}", expected one folder for ${part}; merge them`,
      );
    }
    folderNames.set(part, name);
    return foldersOfClasses(part, `${root}${name}/`, folders);
  });
  if (!folderNames.has('train')) {
    throw new InklingError(
      `${location}: expected a folder "train" with one folder per class, got only "${[...folderNames.values()].join('" and "')}"; add it`,
    );
  }
  return classFolders;
}

function classesOf(folders: readonly ClassFolder[], location: string): string[] {
  const names = [...new Set(folders.map((folder) => folder.class))].sort();
  checkNames(folders, names, location);
  checkClasses(folders, names, location);
  return names;
}

/** The files below each class folder, in their order. */
function groupByFolder(
  files: readonly ListedFile[],
  folders: readonly ClassFolder[],
): Map<string, ListedFile[]> {
  const groups = new Map<string, ListedFile[]>(folders.map(({ path }) => [path, []]));
  for (const file of files) {
    const folder = parentsOf(file.name).find((path) => groups.has(`${path}/`));
    if (folder !== undefined) groups.get(`${folder}/`)?.push(file);
  }
  return groups;
}

function filesIn(
  { path }: ClassFolder,
  filesByFolder: Map<string, ListedFile[]>,
  location: string,
): ListedFile[] {
  const files = filesByFolder.get(path) ?? [];
  if (files.length > 0) return files;
  throw new InklingError(
    `${location}: the class folder "${path.slice(0, -1)}" is empty; add images or remove it`,
  );
}
