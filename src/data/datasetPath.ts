import { resolve, sep } from 'node:path';
import { kindOf } from '../platform/files.js';
import { catalog } from './catalog/catalog.js';
import { BUILT_IN_DATASET } from './digits/generateDigits.js';

/** The names of the data sets that need no path. */
export const knownDatasets: readonly string[] = [...catalog.map(({ name }) => name), BUILT_IN_DATASET];

/** The absolute path of a data set given by a path; undefined for a name. */
export function datasetPath(name: string): string | undefined {
  if (knownDatasets.includes(name)) return undefined;
  return name.includes('/') || name.includes(sep) || kindOf(name) !== 'none' ? resolve(name) : undefined;
}
