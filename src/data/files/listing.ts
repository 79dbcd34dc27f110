import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import type { ImageFile } from '../../images/imageFile.js';

/** ImageNet has 1.4 million; each takes 0.3 kB of memory. */
const MAX_FILES = 2_000_000;
/** The maximum depth of nested folders, which also stops at symbolic links that form a loop. */
const MAX_DEPTH = 16;

/** A file in a folder or an archive. */
export interface ListedFile extends ImageFile {
  /** Its path relative to the root, with slashes. */
  readonly name: string;
  /** Why it cannot be read as an image, if that is already known. */
  readonly problem?: string;
}

/** The contents of a folder or an archive. */
export interface Listing {
  /** Sorted by name. */
  readonly files: readonly ListedFile[];
  /** Paths relative to the root, with slashes; includes every empty folder, but not necessarily all others. */
  readonly folders: readonly string[];
  /** Paths of the system files and folders that were left out. */
  readonly systemFiles?: readonly string[];
}

/** In lowercase: names used by Windows, macOS, Linux, and network storage from Synology and QNAP. */
const SYSTEM_FILES = [
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  '__macosx',
  'icon\r',
  '@eadir',
  '@tmp',
  '@__thumb',
  '#recycle',
  '#snapshot',
  '$recycle.bin',
  'recycler',
  'system volume information',
  'lost+found',
];

/** Whether a file or folder was created by the operating system and is not part of a data set. */
export function isSystemFile(name: string): boolean {
  return name.startsWith('.') || SYSTEM_FILES.includes(name.toLowerCase());
}

/** A file in a folder, with a stamp that changes whenever its content does. */
export interface StampedFile extends ListedFile {
  readonly stamp: string;
}

/** A regular file, as a class because a data set may have a million of them: what can be derived takes no memory. */
class RegularFile implements StampedFile {
  readonly offset = 0;
  readonly bytes: number;
  readonly #root: string;
  readonly #modified: number;
  readonly #changed: number;

  constructor(
    root: string,
    readonly name: string,
    { size, mtimeMs, ctimeMs }: Stats,
  ) {
    this.bytes = size;
    this.#root = root;
    this.#modified = mtimeMs;
    this.#changed = ctimeMs;
  }

  get path(): string {
    return join(this.#root, this.name);
  }

  get stamp(): string {
    return `${this.bytes} ${this.#modified} ${this.#changed}`;
  }
}

export interface FolderListing extends Listing {
  readonly files: readonly StampedFile[];
}

/**
 * Lists all files below a folder, following symbolic links and ignoring system files.
 *
 * @throws {InklingError} when a folder cannot be read, or contains too many files or levels
 */
export function listFolder(root: string): FolderListing {
  const files: StampedFile[] = [];
  const folders: string[] = [];
  const systemFiles: string[] = [];
  const visit = (folder: string, depth: number): void => {
    if (depth > MAX_DEPTH) {
      throw new InklingError(
        `${join(root, folder)}: expected images in class folders, got folders nested more than ${MAX_DEPTH} levels deep; check for a symbolic link to a parent folder`,
      );
    }
    for (const entry of entriesOf(join(root, folder))) {
      const name = folder === '' ? entry : `${folder}/${entry}`;
      if (isSystemFile(entry)) {
        systemFiles.push(name);
        continue;
      }
      const path = join(root, name);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found?.isDirectory() === true) {
        folders.push(name);
        visit(name, depth + 1);
        continue;
      }
      files.push(
        found?.isFile() === true
          ? new RegularFile(root, name, found)
          : { name, path, offset: 0, bytes: 0, stamp: '', problem: describeSpecialFile(path) },
      );
      checkFileCount(files.length, root);
    }
  };
  visit('', 0);
  return { files: files.sort(byName), folders, systemFiles };
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new InklingError(`cannot read ${folder}: check its permissions`, { cause: error });
  }
}

function describeSpecialFile(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? 'a broken symbolic link; expected an image' : 'not a file; expected an image';
}

/** @throws {InklingError} when there are too many files */
export function checkFileCount(files: number, root: string): void {
  if (files <= MAX_FILES) return;
  throw new InklingError(
    `${root}: contains more than ${formatCount(MAX_FILES)} files; expected at most that many`,
  );
}

/** Orders by UTF-16 code units: the same on every machine, and nearly always the order of torchvision's ImageFolder. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
