import { resolve, sep } from 'node:path';
import { kindOf } from '../platform/files.js';
import { catalog } from './catalog/catalog.js';
import { BUILT_IN_DATASET } from './digits/generateDigits.js';

/** The names of the data sets that are known without a path. */
export const knownDatasets: readonly string[] = [...catalog.map(({ name }) => name), BUILT_IN_DATASET];

/** The absolute path that the name of a data set stands for; undefined if it is not a path. */
export function datasetPath(name: string): string | undefined {
  if (knownDatasets.includes(name)) return undefined;
  return name.includes('/') || name.includes(sep) || kindOf(name) !== 'none' ? resolve(name) : undefined;
}
