import { readdirSync, realpathSync, statSync } from 'node:fs';
import { escapePath, glob } from 'tinyglobby';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as records from '../core/arguments/records.js';
import { messageOf } from '../core/errors.js';
import { isSystemFile } from '../data/files/listing.js';
import type { FoundImageFile } from '../images/imageFileResults.js';
import { kindOf } from '../platform/files.js';

/** The files at the given paths. */
export interface FoundImages {
  /** In the order of the paths; those of a folder or a pattern sorted by path, numbers by value. */
  readonly files: readonly FoundImageFile[];
  /** Files and folders of the operating system, such as `Thumbs.db`, which are skipped. */
  readonly systemFiles: readonly string[];
}

/**
 * Finds image files. All files in a folder are included, regardless of their names, since only the content shows whether a file is
 * an image.
 *
 * @param paths files, folders (with their subfolders) and glob patterns such as `scans/*.png`; a path that exists is never a pattern
 * @throws {UsageError} for anything but an array of paths
 */
export async function findImageFiles(paths: readonly string[]): Promise<FoundImages> {
  checkValues('findImageFiles', { paths }, { paths: records.paths });
  const systemFiles: string[] = [];
  const found = await Promise.all(paths.map((path) => filesAt(path, systemFiles)));
  return { files: found.flat(), systemFiles };
}

/** Whether a word looks like the path or pattern of an image file, which need not exist. */
export function looksLikeImagePath(word: string): boolean {
  return /\.\w+$/.test(word) || isPattern(word);
}

/** Windows path separators are recognized on every system, unless they are part of a name. */
function spellingsOf(path: string): string[] {
  return [...new Set([path, path.replaceAll('\\', '/')])];
}

/** A path as it exists, with its own or with other separators. */
export function existingPath(path: string): string | undefined {
  return spellingsOf(path).find((spelling) => kindOf(spelling) !== 'none');
}

async function filesAt(given: string, systemFiles: string[]): Promise<FoundImageFile[]> {
  const path = existingPath(given);
  if (path !== undefined) {
    if (kindOf(path) !== 'folder') return [{ file: path }];
    const files = filesIn(path, systemFiles);
    return files.length > 0 ? files : [{ file: given, problem: 'contains no files; check the path' }];
  }
  if (!isPattern(given)) return [{ file: given, problem: 'no such file or folder; check the path' }];
  for (const spelling of spellingsOf(given)) {
    const files = (await match(spelling)).flatMap((entry) =>
      kindOf(entry) === 'folder' ? filesIn(entry, systemFiles) : [{ file: entry }],
    );
    // A pattern may match a folder as well as files in it.
    if (files.length > 0) return [...new Map(files.map((each) => [each.file, each])).values()].sort(byPath);
  }
  return [{ file: given, problem: 'matches no files; check the pattern' }];
}

/** All files below a folder. Those that cannot be read are listed with the reason. */
function filesIn(root: string, systemFiles: string[]): FoundImageFile[] {
  const files: FoundImageFile[] = [];
  const visit = (folder: string, parents: readonly string[]): void => {
    try {
      const real = realpathSync(folder);
      // A symbolic link to a parent folder.
      if (parents.includes(real)) return;
      for (const name of readdirSync(folder)) {
        const path = `${folder.replace(/[\\/]+$/, '')}/${name}`;
        if (isSystemFile(name)) {
          systemFiles.push(path);
          continue;
        }
        const found = statSync(path, { throwIfNoEntry: false });
        if (found?.isDirectory() === true) visit(path, [...parents, real]);
        else if (found?.isFile() === true) files.push({ file: path });
        else
          files.push({ file: path, problem: `not a file${found ? '' : ', but a broken link'}; remove it` });
      }
    } catch (error) {
      files.push({ file: folder, problem: `cannot be read: ${messageOf(error)}; check its permissions` });
    }
  };
  visit(root, []);
  return files.sort(byPath);
}

function isPattern(word: string): boolean {
  return /[*?[{]|[@!+]\(/.test(word);
}

/**
 * The files and folders that match a pattern. Existing folders are never part of it, and brackets and parentheses are usually part
 * of a name: `New folder (2)/seven (*).png`. They are treated as part of the pattern only if nothing matches.
 */
async function match(pattern: string): Promise<string[]> {
  const { folder, rest } = splitFolder(pattern);
  for (const candidate of [withLiteralBrackets(rest), rest]) {
    const entries = await glob(candidate, {
      caseSensitiveMatch: false,
      expandDirectories: false,
      onlyFiles: false,
      ...(folder === '' ? {} : { cwd: folder }),
    });
    if (entries.length > 0) return entries.map((entry) => folder + entry.replace(/\/$/, ''));
  }
  return [];
}

/** Splits off the longest folder that exists, with its slash. */
function splitFolder(pattern: string): { folder: string; rest: string } {
  let split = 0;
  for (let slash = pattern.indexOf('/'); slash !== -1; slash = pattern.indexOf('/', slash + 1)) {
    if (kindOf(pattern.slice(0, slash + 1)) !== 'folder') break;
    split = slash + 1;
  }
  return { folder: pattern.slice(0, split), rest: pattern.slice(split) };
}

/** Escapes everything but `*`, `?` and alternatives in braces. */
function withLiteralBrackets(pattern: string): string {
  const parts = pattern.split(/(\*+|\?|\{[^{}]*,[^{}]*\})/);
  return parts.map((part, index) => (index % 2 === 0 ? escapePath(part) : part)).join('');
}

function byPath(a: FoundImageFile, b: FoundImageFile): number {
  return a.file.localeCompare(b.file, 'en', { numeric: true });
}
