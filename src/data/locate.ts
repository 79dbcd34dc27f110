import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { kindOf } from '../platform/files.js';
import { idxFileNames } from './catalog.js';
import type { CatalogEntry } from './catalog.js';

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The first folder that holds all four files, if any, and each one tried before it with what was wrong there. */
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

/** Searches each folder for the data set: in itself, in one of the set's name, and where torchvision keeps it. */
export function locate(entry: CatalogEntry, folders: readonly string[]): Search {
  const tried: string[] = [];
  for (const folder of folders) {
    const candidates = [folder, join(folder, entry.name), join(folder, entry.torchvisionFolder)];
    const found = candidates.find((candidate) => missingFiles(candidate).length === 0);
    if (found !== undefined) return { folder: found, tried };
    const partial = candidates.find((candidate) => missingFiles(candidate).length < idxFileNames.length);
    tried.push(describeMissing(partial ?? folder));
  }
  return { folder: undefined, tried };
}

/** The path of a file in a folder, raw or else packed with gzip, when it is there. */
export function pathOf(folder: string, name: string): string | undefined {
  return [join(folder, name), join(folder, `${name}.gz`)].find((path) => kindOf(path) === 'file');
}

/** The names of those of the four files that a folder does not hold. */
export function missingFiles(folder: string): string[] {
  return idxFileNames.filter((name) => pathOf(folder, name) === undefined);
}

/** A folder that does not hold all four files, and what is wrong with it. */
export function describeMissing(folder: string): string {
  const kind = kindOf(`${folder}/.`);
  if (kind === 'denied') return `${folder} (permission denied)`;
  if (kind !== 'folder') return `${folder} (no such folder)`;
  const missing = missingFiles(folder);
  return `${folder} (${missing.length === idxFileNames.length ? 'none of the files' : `lacks ${missing.join(' and ')}`})`;
}
