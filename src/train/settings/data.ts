import { z } from 'zod';
import { positiveInteger } from '../../core/validate.js';
import { flags } from './flags.js';

/** The data set. */
export const dataSettings = {
  dataset: z
    .string()
    .min(1)
    .default('mnist')
    .register(flags, { value: 'NAME', help: 'name or path of a data set; see inkling data --help' }),
  dataDir: z
    .string()
    .min(1)
    .optional()
    .register(flags, { value: 'FOLDER', help: 'folder in which to look for the data set first' }),
  imageSize: positiveInteger
    .max(1024)
    .optional()
    .register(flags, { value: 'N', help: 'height and width to which images are resized' }),
  skipUnreadable: z.boolean().default(false).register(flags, { help: 'skip images that cannot be decoded' }),
};
