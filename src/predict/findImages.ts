import { basename, isAbsolute } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { kindOf } from '../platform/files.js';

const PICTURES = '*.{png,jpg,jpeg,webp,gif,svg}';

/** A picture to read, or why there is none where the user looked. */
export interface FoundImageFile {
  readonly file: string;
  readonly problem?: string;
}

/**
 * The picture files that some words of a command line stand for, in their order: files, the pictures right in a folder,
 * and the matches of a glob such as `scans/*.png`, by name and number.
 */
export async function findImageFiles(words: readonly string[]): Promise<FoundImageFile[]> {
  return (await Promise.all(words.map(picturesOf))).flat();
}

async function picturesOf(word: string): Promise<FoundImageFile[]> {
  const kind = kindOf(word);
  if (kind === 'file' || kind === 'denied') return [{ file: word }];
  if (kind === 'folder') return found(word, PICTURES, word);
  if (isDynamicPattern(word)) return found(word, word);
  return [{ file: word, problem: 'no such file or folder; check the path' }];
}

async function found(word: string, pattern: string, folder?: string): Promise<FoundImageFile[]> {
  const files = await glob(pattern, {
    caseSensitiveMatch: false,
    expandDirectories: false,
    absolute: isAbsolute(pattern),
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  if (files.length === 0) return [{ file: word, problem: 'holds no pictures; name one' }];
  return files
    .map((file) => (folder === undefined ? file : `${folder.replace(/[\\/]+$/, '')}/${file}`))
    .sort(byName)
    .map((file) => ({ file }));
}

function byName(a: string, b: string): number {
  return basename(a).localeCompare(basename(b), 'en', { numeric: true });
}

/** Whether a word is meant for a picture that may not be there, by its looks. */
export function looksLikeImagePath(word: string): boolean {
  return /\.\w+$/.test(word) || isDynamicPattern(word);
}
