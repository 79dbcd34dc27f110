import { catalog } from '#inkling/data/catalog/catalog.js';
import type { CatalogEntry } from '#inkling/data/catalog/catalogEntry.js';
import { loadCatalogSet } from '#inkling/data/catalog/loadCatalogSet.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { temporaryFolder, writeFiles } from '../tinySet.js';

/** A catalog entry that accepts small files with any content. */
export function smallEntry(name: string, changes: Partial<CatalogEntry> = {}): CatalogEntry {
  const entry = entryOf(name);
  const files = entry.files.map((file) => ({ name: file.name, bytes: 10_000 }));
  return { ...entry, files, ...changes };
}

function entryOf(name: string): CatalogEntry {
  const entry = catalog.find((known) => known.name === name);
  if (entry === undefined) throw new Error(`there is no data set ${name}`);
  return entry;
}

/** Loads an entry from a folder with the given files. */
export function loadFromFolder(
  entry: CatalogEntry,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Dataset> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return loadCatalogSet(entry, { folders: [folder], cacheFolder: temporaryFolder() });
}
