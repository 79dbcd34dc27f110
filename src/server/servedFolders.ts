import type { Environment } from '../data/files/locate.js';

/** Where a server finds the runs and data sets that it shows. */
export interface ServedFolders {
  /** The folder of the runs that the page shows. */
  readonly runDir: string;
  /** The first folder in which data sets are searched. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second. */
  readonly environment: Environment;
}
