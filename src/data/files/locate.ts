import { basename, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { kindOf } from '../../platform/files.js';

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The first folder that contains all files, if any, and each folder tried before it with what was wrong with it. */
export interface SearchResult {
  readonly folder: string | undefined;
  readonly tried: readonly string[];
}

/** The user's data folders in search order: absolute paths without duplicates. */
export function dataFolders(dataDir: string | undefined, environment: Environment): string[] {
  const named = [dataDir, environment.INKLING_DATA_DIR, 'data'].filter((folder) => folder !== undefined);
  return [...new Set(named.filter((folder) => folder !== '').map((folder) => resolve(folder)))];
}

/** The folder for downloads, which follows the conventions of the operating system. */
export function userCacheFolder(): string {
  return envPaths('inkling', { suffix: '' }).cache;
}

/** The files to search for; a `CatalogEntry` is one. */
export interface SearchTarget {
  /** Where the files may be, relative to the searched folder; `''` is the folder itself. */
  readonly subfolders: readonly string[];
  readonly files: readonly { readonly name: string }[];
}

/** Searches folders and their subfolders for all files. A folder named like one of the subfolders is itself searched. */
export function locate({ subfolders, files }: SearchTarget, folders: readonly string[]): SearchResult {
  const names = files.map(({ name }) => name);
  const tried: string[] = [];
  for (const folder of folders) {
    const itself = subfolders.includes(basename(folder)) ? [''] : [];
    const candidates = [...new Set([...itself, ...subfolders])].map((path) =>
      path === '' ? folder : join(folder, path),
    );
    const found = candidates.find((candidate) => missingFiles(candidate, names).length === 0);
    if (found !== undefined) return { folder: found, tried };
    const partial = candidates.find((candidate) => missingFiles(candidate, names).length < names.length);
    tried.push(describeMissing(partial ?? candidates[0], names));
  }
  return { folder: undefined, tried };
}

/**
 * The path of a file in a folder if it exists, raw or packed with gzip; `prefer` decides if both exist. IDX files are also
 * found as `train-images.idx3-ubyte`, as some programs unpack them, and in a folder with their own name, as on Kaggle.
 */
export function findFile(folder: string, name: string, prefer: 'raw' | 'packed' = 'raw'): string | undefined {
  const extensions = prefer === 'raw' ? ['', '.gz'] : ['.gz', ''];
  const spellings = [...new Set([name, name.replace(/-(?=idx\d)/, '.')])];
  return extensions
    .flatMap((extension) =>
      spellings.flatMap((spelling) => pathsOf(folder, spellings, `${spelling}${extension}`)),
    )
    .find((path) => kindOf(path) === 'file');
}

function pathsOf(folder: string, spellings: readonly string[], file: string): string[] {
  return [join(folder, file), ...[...spellings, file].map((wrapper) => join(folder, wrapper, file))];
}

/** The names of the files that a folder does not contain. */
export function missingFiles(folder: string, names: readonly string[]): string[] {
  return names.filter((name) => findFile(folder, name) === undefined);
}

/** A folder that does not contain all files, with what is wrong in parentheses. */
export function describeMissing(folder: string, names: readonly string[]): string {
  const kind = kindOf(`${folder}/.`);
  if (kind === 'denied') return `${folder} (permission denied)`;
  if (kind !== 'folder') return `${folder} (no such folder)`;
  const missing = missingFiles(folder, names);
  return `${folder} (${missing.length === names.length ? 'none of the files' : `missing ${missing.join(', ')}`})`;
}
