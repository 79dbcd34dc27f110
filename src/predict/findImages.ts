import { basename, isAbsolute } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { kindOf } from '../platform/files.js';

const IMAGE_FILES = '*.{png,jpg,jpeg,webp,gif,svg}';

/** An image file to read, or the problem with a given path. */
export interface FoundImageFile {
  readonly file: string;
  readonly problem?: string;
}

/**
 * Finds image files.
 *
 * @param paths files, folders (without their subfolders) and glob patterns such as `scans/*.png`
 * @returns the files in the order of the paths; those of a folder or a pattern sorted by name, numbers by value
 */
export async function findImageFiles(paths: readonly string[]): Promise<FoundImageFile[]> {
  return (await Promise.all(paths.map(filesAt))).flat();
}

async function filesAt(path: string): Promise<FoundImageFile[]> {
  const kind = kindOf(path);
  if (kind === 'file' || kind === 'denied') return [{ file: path }];
  if (kind === 'folder') return match(path, IMAGE_FILES, path);
  if (isDynamicPattern(path)) return match(path, path);
  return [{ file: path, problem: 'no such file or folder; check the path' }];
}

async function match(path: string, pattern: string, folder?: string): Promise<FoundImageFile[]> {
  const files = await glob(pattern, {
    caseSensitiveMatch: false,
    expandDirectories: false,
    absolute: isAbsolute(pattern),
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  if (files.length === 0) return [{ file: path, problem: 'contains no image files; check the path' }];
  return files
    .map((file) => (folder === undefined ? file : `${folder.replace(/[\\/]+$/, '')}/${file}`))
    .sort(byName)
    .map((file) => ({ file }));
}

function byName(a: string, b: string): number {
  return basename(a).localeCompare(basename(b), 'en', { numeric: true });
}

/** Whether a word looks like the path or pattern of an image file, which need not exist. */
export function looksLikeImagePath(word: string): boolean {
  return /\.\w+$/.test(word) || isDynamicPattern(word);
}
