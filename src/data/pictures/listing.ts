import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import type { ImageFile } from '../../images/imageFile.js';

/** More files than any data set that fits into memory. */
export const MOST_FILES = 1_000_000;
/** Folders in folders, at most; a link that leads back to where it lies ends there. */
const DEEPEST = 16;

/** A file of a folder or an archive. */
export interface ListedFile extends ImageFile {
  /** Its path below the root, with slashes. */
  readonly name: string;
  /** Why it cannot be read as a picture, where that is known already. */
  readonly problem?: string;
}

/** All that lies in a folder or an archive. */
export interface Listing {
  /** By name. */
  readonly files: readonly ListedFile[];
  /** Paths below the root, with slashes; each folder that is empty, and maybe others. */
  readonly folders: readonly string[];
}

/** What systems leave behind, and nobody means as part of a data set. */
export function isLitter(name: string): boolean {
  return name.startsWith('.') || ['Thumbs.db', 'desktop.ini', '__MACOSX'].includes(name);
}

/** A file of a folder, with what changes when its content does. */
export interface StampedFile extends ListedFile {
  readonly stamp: string;
}

export interface FolderListing extends Listing {
  readonly files: readonly StampedFile[];
}

/**
 * All files below a folder, those of links included, but without what systems leave behind.
 *
 * @throws {InklingError} when a folder cannot be read, or holds too much
 */
export function listFolder(root: string): FolderListing {
  const files: StampedFile[] = [];
  const folders: string[] = [];
  const visit = (folder: string, depth: number): void => {
    if (depth > DEEPEST) {
      throw new InklingError(
        `${join(root, folder)}: lies ${DEEPEST} folders deep, expected class/picture; does a link lead back to where it lies?`,
      );
    }
    for (const name of namesIn(join(root, folder))) {
      const below = folder === '' ? name : `${folder}/${name}`;
      const path = join(root, below);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found?.isDirectory() === true) {
        folders.push(below);
        visit(below, depth + 1);
        continue;
      }
      files.push(
        found?.isFile() === true
          ? {
              name: below,
              path,
              offset: 0,
              bytes: found.size,
              stamp: `${found.size} ${found.mtimeMs} ${found.ctimeMs}`,
            }
          : { name: below, path, offset: 0, bytes: 0, stamp: '', problem: oddFile(path) },
      );
      checkCount(files.length, root);
    }
  };
  visit('', 0);
  return { files: files.sort(byName), folders };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !isLitter(name));
  } catch (error) {
    throw new InklingError(`cannot read ${folder}: check its permissions`, { cause: error });
  }
}

function oddFile(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? 'a broken symbolic link; expected an image' : 'not a file; expected an image';
}

/** @throws {InklingError} when there are too many files */
export function checkCount(files: number, root: string): void {
  if (files <= MOST_FILES) return;
  throw new InklingError(`${root}: holds more than ${formatCount(MOST_FILES)} files; take some of them away`);
}

/** The order of their code units: the same on every machine, and nearly always that of torchvision's ImageFolder. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
