import { basename, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { kindOf } from '../platform/files.js';

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The first folder that holds all files, if any, and each one tried before it with what was wrong there. */
export interface Search {
  readonly folder: string | undefined;
  readonly tried: readonly string[];
}

/** The user's own data folders, in the order in which they are searched: absolute paths, each once. */
export function dataFolders(dataDir: string | undefined, environment: Environment): string[] {
  const named = [dataDir, environment.INKLING_DATA_DIR, 'data'].filter((folder) => folder !== undefined);
  return [...new Set(named.filter((folder) => folder !== '').map((folder) => resolve(folder)))];
}

/** The folder in which downloads are kept, by the custom of the operating system. */
export function userCacheFolder(): string {
  return envPaths('inkling', { suffix: '' }).cache;
}

/** What is looked for; an entry of the catalog is one. */
export interface Wanted {
  /** Where it may lie below a folder; `''` is the folder itself. */
  readonly below: readonly string[];
  readonly files: readonly { readonly name: string }[];
}

/** Searches each folder for the data set, in itself and where else it may lie. A folder of its name is one that it may lie in. */
export function locate({ below, files }: Wanted, folders: readonly string[]): Search {
  const names = files.map(({ name }) => name);
  const tried: string[] = [];
  for (const folder of folders) {
    const itself = below.includes(basename(folder)) ? [''] : [];
    const candidates = [...new Set([...itself, ...below])].map((path) =>
      path === '' ? folder : join(folder, path),
    );
    const found = candidates.find((candidate) => missingFiles(candidate, names).length === 0);
    if (found !== undefined) return { folder: found, tried };
    const partial = candidates.find((candidate) => missingFiles(candidate, names).length < names.length);
    tried.push(describeMissing(partial ?? candidates[0], names));
  }
  return { folder: undefined, tried };
}

/** The path of a file in a folder, raw or else packed with gzip, when it is there; or the other way round. */
export function pathOf(folder: string, name: string, prefer: 'raw' | 'packed' = 'raw'): string | undefined {
  const paths = [join(folder, name), join(folder, `${name}.gz`)];
  return (prefer === 'raw' ? paths : paths.reverse()).find((path) => kindOf(path) === 'file');
}

/** The names of those files that a folder does not hold. */
export function missingFiles(folder: string, names: readonly string[]): string[] {
  return names.filter((name) => pathOf(folder, name) === undefined);
}

/** A folder that does not hold all files, and what is wrong with it. */
export function describeMissing(folder: string, names: readonly string[]): string {
  const kind = kindOf(`${folder}/.`);
  if (kind === 'denied') return `${folder} (permission denied)`;
  if (kind !== 'folder') return `${folder} (no such folder)`;
  const missing = missingFiles(folder, names);
  return `${folder} (${missing.length === names.length ? 'none of the files' : `lacks ${missing.join(' and ')}`})`;
}
