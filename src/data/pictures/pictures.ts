import { z } from 'zod';
import { sizesSchema } from './sizes.js';

/** Labels are bytes. */
export const MOST_CLASSES = 256;

const unreadableSchema = z.strictObject({ file: z.string(), problem: z.string() });

/** A file that gave no picture, and why. */
export type UnreadableFile = Readonly<z.infer<typeof unreadableSchema>>;

/** What is known of decoded pictures beside their pixels. */
export const pictureIndexSchema = z.strictObject({
  /** `[height, width, channels]` */
  shape: z.array(z.int().min(1)).length(3),
  classes: z.array(z.string()).min(2).max(MOST_CLASSES).readonly(),
  /** Names of the files that were read: by part, class and name. */
  files: z.array(z.string()).readonly(),
  /** How many pictures each part (train, validation, test) has of each class. */
  counts: z
    .array(z.array(z.int().min(0)).readonly())
    .length(3)
    .readonly(),
  sizes: sizesSchema,
  unreadable: z.array(unreadableSchema).readonly(),
  /** Files that lie beside the folders of the classes. */
  beside: z.array(z.string()).readonly(),
  /** Of the images. */
  sha256: z.string(),
});

/** The pictures of a data set as images of one shape. */
export type DecodedPictures = Readonly<z.infer<typeof pictureIndexSchema>> & {
  /** `[pictures, height, width, channels]`, from 0 to 255 */
  readonly images: Uint8Array;
};
