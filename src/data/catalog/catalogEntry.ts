import type { Dataset, DatasetInfo } from '../dataset.js';
import type { DatasetFile } from '../files/datasetFile.js';

/** The expected properties of a file of a data set. */
export interface CatalogFile {
  readonly name: string;
  /** The unpacked size. */
  readonly bytes: number;
  /** SHA-256 of the unpacked bytes, if published. */
  readonly sha256?: string;
  /** MD5 of the gzip file, if that is what is published. */
  readonly packedMd5?: string;
}

/** An archive that contains the files of several data sets. */
export interface CatalogArchive {
  readonly urls: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
}

/** A data set that can be found by name, downloaded and verified. */
export interface CatalogEntry {
  readonly name: string;
  /**
   * Where the files may be in a data folder; `''` is the folder itself, for files whose names identify the data set.
   */
  readonly subfolders: readonly string[];
  /** URLs in the order in which they are tried; a file's URL is a mirror followed by the file's name and `.gz`. */
  readonly mirrors: readonly string[];
  /** The archive that contains the files, if they cannot be downloaded individually. */
  readonly archive?: CatalogArchive;
  readonly files: readonly CatalogFile[];
  readonly classes: readonly string[];
  /** Makes the data set from its files, in the order of `files`. */
  readonly assemble: (files: readonly DatasetFile[], info: DatasetInfo) => Dataset;
}

/** The files of a data set, from the cache folder or downloaded. */
export interface LoadedFiles {
  readonly files: readonly DatasetFile[];
  /** The URLs of those that were downloaded. */
  readonly origins: readonly string[];
  /** Why they could not be written to the cache folder. */
  readonly cacheProblem?: string | undefined;
}
