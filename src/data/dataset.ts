import type { Shape } from '../core/shape.js';

/** Labelled images in memory, pixels as stored in the files (0 to 255). */
export interface ImageSet {
  /** `[count, height, width, channels]`, row by row */
  readonly images: Uint8Array;
  /** `[count]`, each an index into the data set's `classes` */
  readonly labels: Uint8Array;
}

/** Where a data set came from, for the record of every run that used it. */
export interface DatasetSource {
  /** `files`, `download` or `generated` */
  readonly kind: 'files' | 'download' | 'generated';
  /** The folder that was read, the address it was downloaded from, or how it was generated. */
  readonly location: string;
  /** True when the files' hashes are known and matched. */
  readonly verified: boolean;
  /** SHA-256 of each unpacked file, by file name. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** Images to learn from and images to be tested on. The validation half is cut from `train` later. */
export interface Dataset {
  readonly name: string;
  readonly source: DatasetSource;
  /** One image: `[height, width, channels]`. */
  readonly shape: Shape;
  readonly classes: readonly string[];
  readonly train: ImageSet;
  readonly test: ImageSet;
}
