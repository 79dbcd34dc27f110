import type { Shape } from '../core/shape.js';
import type { PictureSizes } from './pictures/sizes.js';
import type { UnreadableFile } from './pictures/pictures.js';

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
  /** The file or folder that was read, the address it was downloaded from, or how it was generated. */
  readonly location: string;
  /** True when the files' hashes are known and matched. */
  readonly verified: boolean;
  /** SHA-256 of each unpacked file, by file name; of pictures, that of the images made of them. */
  readonly sha256: Readonly<Record<string, string>>;
  /** What was done to it that its owner should know, such as how a test part was cut off. */
  readonly notes?: readonly string[];
}

/** Of a data set made of picture files, what its images do not say. */
export interface PictureFacts {
  /** Names of the files of the training and the test images, in their order. */
  readonly files: { readonly train: readonly string[]; readonly test: readonly string[] };
  readonly sizes: PictureSizes;
  /** Files that gave no image, and why. */
  readonly unreadable: readonly UnreadableFile[];
}

/** Images to learn from and images to be tested on. */
export interface Dataset {
  readonly name: string;
  readonly source: DatasetSource;
  /** One image: `[height, width, channels]`. */
  readonly shape: Shape;
  readonly classes: readonly string[];
  readonly train: ImageSet;
  /** How many of the training images, the last ones, are for validation, where the data says so; else they are drawn. */
  readonly validationCount?: number;
  readonly test: ImageSet;
  /** Present when the images were made of picture files, as `fitWhole` makes them. */
  readonly pictures?: PictureFacts;
}
