import * as z from 'zod/mini';
import { positiveInteger } from '../core/validate.js';
import type { Size } from '../images/decodedImage.js';

const sizeSchema = z.strictObject({ width: positiveInteger, height: positiveInteger });

/** The sizes of the image files of a data set, in pixels. */
export const imageSizesSchema = z.strictObject({
  /** The number of distinct sizes. */
  distinct: positiveInteger,
  /** Ordered by the number of pixels. */
  smallest: sizeSchema,
  median: sizeSchema,
  largest: sizeSchema,
});

export type ImageSizes = Readonly<z.infer<typeof imageSizesSchema>>;

export const unreadableFileSchema = z.strictObject({ file: z.string(), problem: z.string() });

/** A file that cannot be decoded, and why. */
export type UnreadableFile = Readonly<z.infer<typeof unreadableFileSchema>>;

/** What a data set made of image files has in addition to its images. */
export interface ImageFileInfo {
  /** File names of the training and test images, in their order. */
  readonly files: { readonly train: readonly string[]; readonly test: readonly string[] };
  readonly sizes: ImageSizes;
  readonly unreadable: readonly UnreadableFile[];
}

/** @param sizes of all images, at least one */
export function summarizeSizes(sizes: readonly Size[]): ImageSizes {
  const sorted = [...sizes].sort((a, b) => a.width * a.height - b.width * b.height || a.width - b.width);
  const at = (index: number) => ({ width: sorted[index].width, height: sorted[index].height });
  return {
    distinct: new Set(sizes.map(({ width, height }) => `${width} ${height}`)).size,
    smallest: at(0),
    median: at(Math.floor(sorted.length / 2)),
    largest: at(sorted.length - 1),
  };
}
