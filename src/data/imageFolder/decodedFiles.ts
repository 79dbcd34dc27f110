import * as z from 'zod';
import { nonNegativeInteger, positiveInteger } from '../../core/validate.js';
import { MAX_CLASSES } from '../classes.js';
import { imageSizesSchema, unreadableFileSchema } from '../imageFiles.js';
import type { CollectedFile } from './collectedFile.js';
import type { ImageFile } from './imageFile.js';

/** What is stored about decoded image files besides their pixels. */
export const decodedIndexSchema = z.strictObject({
  /** `[height, width, channels]` */
  shape: z.array(positiveInteger).length(3),
  classes: z.array(z.string()).min(1).max(MAX_CLASSES).readonly(),
  /** The names of the decoded files, sorted by part, class and name. */
  files: z.array(z.string()).readonly(),
  /** The number of images by part (train, validation, test) and class. */
  counts: z.array(z.array(nonNegativeInteger).readonly()).length(3).readonly(),
  sizes: imageSizesSchema,
  unreadable: z.array(unreadableFileSchema).readonly(),
  /** Notes on skipped files, and on folders that may not be classes. */
  notes: z.array(z.string()).readonly(),
  /** SHA-256 of the images. */
  sha256: z.string(),
});

/** The image files of a data set, decoded and resized to one shape. */
export type DecodedFiles = DecodedInfo & {
  /** `[count, height, width, channels]`, from 0 to 255 */
  readonly images: Uint8Array | ImageFile;
};

/** The same before they are cached. */
export type CollectedFiles = DecodedInfo & { readonly images: Uint8Array | CollectedFile };

type DecodedInfo = Readonly<z.infer<typeof decodedIndexSchema>> & {
  /** Whether the machine failed to decode some of the files, so that the result is not cached. */
  readonly hasMachineFailures: boolean;
  /** Whether some of the files took too much processor time, which a faster machine may not need. */
  readonly hasSlowFiles: boolean;
};
