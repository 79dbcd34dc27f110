import { z } from 'zod';
import type { Size } from '../../images/decodedImage.js';

const sizeSchema = z.strictObject({ width: z.int().min(1), height: z.int().min(1) });

/** What sizes the pictures of a data set have, in pixels. */
export const sizesSchema = z.strictObject({
  /** How many different ones there are. */
  distinct: z.int().min(1),
  /** By the number of pixels. */
  smallest: sizeSchema,
  median: sizeSchema,
  largest: sizeSchema,
});

export type PictureSizes = Readonly<z.infer<typeof sizesSchema>>;

/** @param sizes of all pictures, at least one */
export function summarizeSizes(sizes: readonly Size[]): PictureSizes {
  const sorted = [...sizes].sort((a, b) => a.width * a.height - b.width * b.height || a.width - b.width);
  const at = (place: number) => ({ width: sorted[place].width, height: sorted[place].height });
  return {
    distinct: new Set(sizes.map(({ width, height }) => `${width} ${height}`)).size,
    smallest: at(0),
    median: at(Math.floor(sorted.length / 2)),
    largest: at(sorted.length - 1),
  };
}
