import type { Shape } from '../core/shape.js';
import type { InputKind } from '../images/inputKind.js';
import type { ImageFileInfo } from './imageFiles.js';
import type { Labels } from './classes.js';

/** Images that are read from a file when they are needed, because all of them take too much memory. */
export interface StoredImages {
  /** The number of images. */
  readonly count: number;
  /**
   * Reads an image.
   *
   * @param pixels `[height, width, channels]`, which is overwritten
   * @throws {InklingError} when it cannot be read
   */
  read(image: number, pixels: Uint8Array): void;
  /** Selects images, in the order of their indices. */
  pick(indices: Uint32Array): StoredImages;
}

/** Labeled images, with pixels as stored in the files (0 to 255). */
export interface ImageSet {
  /** `[count, height, width, channels]`, in row-major order; those of large data sets of image files are not in memory. */
  readonly images: Uint8Array | StoredImages;
  /** `[count]`, each an index into the data set's `classes` */
  readonly labels: Labels;
}

/** A set whose images are in memory. */
export interface LoadedImageSet extends ImageSet {
  readonly images: Uint8Array;
}

/** Where a data set came from, for the record of every run that uses it. */
export interface DatasetSource {
  readonly kind: 'files' | 'download' | 'generated';
  /** The file or folder that was read, the URL it was downloaded from, or how it was generated. */
  readonly location: string;
  /** Whether the files' expected hashes are known and match. */
  readonly verified: boolean;
  /** SHA-256 of each unpacked file by file name; for a data set made of image files, that of the decoded images. */
  readonly sha256: Readonly<Record<string, string>>;
  /** What the user should know about how it was prepared, such as how a test set was held out. */
  readonly notes?: readonly string[];
}

/**
 * How validation images are drawn: `random`, as in the report, or `stratified`, the same fraction of each class. In a small data
 * set, a random draw can leave a class without training or validation images.
 */
export const SPLIT_METHODS = ['random', 'stratified'] as const;

export type SplitMethod = (typeof SPLIT_METHODS)[number];

/** Images for training and images for testing. */
export interface Dataset {
  readonly name: string;
  readonly source: DatasetSource;
  /** One image: `[height, width, channels]`. */
  readonly shape: Shape;
  readonly classes: readonly string[];
  readonly train: ImageSet;
  /** The number of validation images, at the end of `train`, if the data set defines them; otherwise they are drawn at random. */
  readonly validationCount?: number | undefined;
  readonly test: ImageSet;
  /** How validation images are drawn, unless the data set defines them; by default at random if no class is left out. */
  readonly splitMethod?: SplitMethod;
  /** The input kind that the images were prepared as, if requested; otherwise it is detected from the pixels. */
  readonly inputKind?: InputKind | undefined;
  /** What else is known about each training image, by name, such as the patient: the other columns of a table. Images can be grouped by it. */
  readonly columns?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Present if the images were made from image files. */
  readonly imageFiles?: ImageFileInfo;
}

/** A data set whose images are in memory. */
export interface LoadedDataset extends Dataset {
  readonly train: LoadedImageSet;
  readonly test: LoadedImageSet;
}

/** Adds notes to those of a data set. */
export function withNotes(dataset: Dataset, notes: readonly string[]): Dataset {
  const { source } = dataset;
  return { ...dataset, source: { ...source, notes: [...(source.notes ?? []), ...notes] } };
}

/** What is known about a data set besides its files. */
export interface DatasetInfo {
  readonly name: string;
  readonly source: Omit<DatasetSource, 'sha256'>;
  /** In the order of the labels. */
  readonly classes: readonly string[];
}
