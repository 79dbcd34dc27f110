import { InklingError } from '../../core/errors.js';
import type { ListedFile, Listing } from './listing.js';
import { MOST_CLASSES } from './pictures.js';

/** The parts of a data set, in the order in which they are kept. */
export const PARTS = ['train', 'validation', 'test'] as const;
export type Part = (typeof PARTS)[number];

/** Names of the folder of a part. */
const partNames: ReadonlyMap<string, Part> = new Map([
  ['train', 'train'],
  ['validation', 'validation'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['test', 'test'],
]);

/** A picture that belongs to a class. */
export interface ClassifiedFile extends ListedFile {
  readonly part: Part;
  readonly label: number;
}

/** What the folders say of the files in them. */
export interface Layout {
  /** By name, in NFC. */
  readonly classes: readonly string[];
  /** By part, class and name. */
  readonly files: readonly ClassifiedFile[];
  /** Names of files that lie beside the folders of the classes. */
  readonly beside: readonly string[];
}

interface Folder {
  readonly part: Part;
  /** Its path below the root, with a slash at its end. */
  readonly path: string;
  readonly class: string;
}

/**
 * Reads the classes off the folders, `class/…` or `train/class/…` with `validation` and `test` beside it. A single folder
 * around all of that counts for nothing.
 *
 * @param location what was listed, to begin an error with
 * @throws {InklingError} when there are not at least two classes, or more than 256, one is empty, or names collide
 */
export function layOut({ files, folders }: Listing, location: string): Layout {
  const all = [...new Set([...folders, ...files.flatMap(({ name }) => foldersAbove(name))])].sort();
  const root = unwrap(all);
  const top = childrenOf(root, all);
  const classFolders = top.some(isPart)
    ? foldersOfParts(top, root, all, location)
    : foldersOfClasses('train', root, all);
  const classes = classesOf(classFolders, location);
  const byFolder = filesByFolder(files, classFolders);
  const classified = PARTS.flatMap((part) =>
    classes.flatMap((name, label) =>
      classFolders
        .filter((folder) => folder.part === part && folder.class === name)
        .flatMap((folder) => inFolder(folder, byFolder, location).map((file) => ({ ...file, part, label }))),
    ),
  );
  const inside = new Set(classified.map(({ name }) => name));
  return {
    classes,
    files: classified,
    beside: files.map(({ name }) => name).filter((name) => !inside.has(name)),
  };
}

function foldersAbove(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('/'));
}

/** The path in front of a data set that lies in a single folder, with a slash at its end. */
function unwrap(folders: readonly string[]): string {
  let root = '';
  for (;;) {
    const children = childrenOf(root, folders);
    if (children.length !== 1 || isPart(children[0])) return root;
    const inside = `${root}${children[0]}/`;
    if (childrenOf(inside, folders).length === 0) return root;
    root = inside;
  }
}

/** The names of the folders right below a path. */
function childrenOf(path: string, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => folder.startsWith(path))
    .map((folder) => folder.slice(path.length))
    .filter((rest) => rest !== '' && !rest.includes('/'));
}

function isPart(name: string): boolean {
  return partNames.has(name.toLowerCase());
}

function foldersOfClasses(part: Part, path: string, folders: readonly string[]): Folder[] {
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
): Folder[] {
  const taken = new Map<Part, string>();
  const found = names.flatMap((name) => {
    const part = partNames.get(name.toLowerCase());
    if (part === undefined) {
      throw new InklingError(
        `${location}: has the folder "${name}" beside "${names.filter(isPart).join('" and "')}"; expected train, validation and test alone, with a folder a class in each`,
      );
    }
    const other = taken.get(part);
    if (other !== undefined) {
      throw new InklingError(
        `${location}: has "${other}" and "${name}", expected one folder for ${part}; join them`,
      );
    }
    taken.set(part, name);
    return foldersOfClasses(part, `${root}${name}/`, folders);
  });
  if (!taken.has('train')) {
    throw new InklingError(
      `${location}: has "${[...taken.values()].join('" and "')}", but no folder "train"; add one with a folder a class`,
    );
  }
  return found;
}

function classesOf(folders: readonly Folder[], location: string): string[] {
  const names = [...new Set(folders.map((folder) => folder.class))].sort();
  checkCollisions(folders, names, location);
  const unknown = names.find(
    (name) => !folders.some((folder) => folder.part === 'train' && folder.class === name),
  );
  if (unknown !== undefined) {
    throw new InklingError(
      `${location}: the class "${unknown}" has pictures to validate or test, but none to learn from; add the folder train/${unknown}, or remove it from the other parts`,
    );
  }
  if (names.length < 2) {
    const found = names.length === 0 ? 'no folders of classes' : `one class only, "${names[0]}"`;
    throw new InklingError(
      `${location}: has ${found}; expected at least two, each a folder with its pictures`,
    );
  }
  if (names.length > MOST_CLASSES) {
    throw new InklingError(`${location}: has ${names.length} classes, expected at most ${MOST_CLASSES}`);
  }
  return names;
}

/** Names that some systems, or readers, take for one. */
function checkCollisions(folders: readonly Folder[], names: readonly string[], location: string): void {
  const seen = new Map<string, string>();
  for (const { part, class: name, path } of folders) {
    const key = `${part}/${name}`;
    const other = seen.get(key);
    if (other !== undefined) {
      throw new InklingError(
        `${location}: "${other}" and "${path}" have one name, written in two ways; rename one`,
      );
    }
    seen.set(key, path);
  }
  const folded = new Map<string, string>();
  for (const name of names) {
    const other = folded.get(name.toLowerCase());
    if (other !== undefined) {
      throw new InklingError(
        `${location}: the classes "${other}" and "${name}" differ in capital letters only; rename one, or join them`,
      );
    }
    folded.set(name.toLowerCase(), name);
  }
}

/** The files below each folder of a class, in their order. */
function filesByFolder(files: readonly ListedFile[], folders: readonly Folder[]): Map<string, ListedFile[]> {
  const found = new Map<string, ListedFile[]>(folders.map(({ path }) => [path, []]));
  for (const file of files) {
    const folder = foldersAbove(file.name).find((path) => found.has(`${path}/`));
    if (folder !== undefined) found.get(`${folder}/`)?.push(file);
  }
  return found;
}

function inFolder({ path }: Folder, byFolder: Map<string, ListedFile[]>, location: string): ListedFile[] {
  const files = byFolder.get(path) ?? [];
  if (files.length > 0) return files;
  throw new InklingError(
    `${location}: the class folder "${path.slice(0, -1)}" is empty; add pictures, or remove it`,
  );
}
