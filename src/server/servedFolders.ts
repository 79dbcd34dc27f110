import { basename, join } from 'node:path';
import { FILE_NAME } from '../core/files/fileName.js';
import type { Environment } from '../data/files/locate.js';
import { kindOf } from '../platform/files.js';

/** Where a server finds the runs and data sets that it shows. */
export interface ServedFolders {
  /** The folder of the runs that the page shows. */
  readonly runDir: string;
  /** The first folder in which data sets are searched. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second. */
  readonly environment: Environment;
}

/**
 * The folder of a run or a sweep; undefined if there is none. Only names are accepted, never other paths.
 *
 * @param recordOf the file that each such folder contains
 */
export function folderNamed(
  runDir: string,
  name: string,
  recordOf: (folder: string) => string,
): string | undefined {
  const folder = join(runDir, name);
  const isName = FILE_NAME.test(name) && basename(folder) === name;
  return isName && kindOf(recordOf(folder)) === 'file' ? folder : undefined;
}
