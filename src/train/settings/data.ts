import { z } from 'zod';
import { positiveInteger } from '../../core/validate.js';
import { flags } from './flags.js';

/** What is learned from. */
export const dataSettings = {
  dataset: z
    .string()
    .min(1)
    .default('mnist')
    .register(flags, { value: 'NAME', help: 'mnist, digits (built in), or a path: see inkling data --help' }),
  dataDir: z
    .string()
    .min(1)
    .optional()
    .register(flags, { value: 'FOLDER', help: 'where to look for the data set first' }),
  imageSize: positiveInteger
    .max(1024)
    .optional()
    .register(flags, { value: 'N', help: 'height and width that pictures are brought to' }),
  skipUnreadable: z
    .boolean()
    .default(false)
    .register(flags, { help: 'leave out pictures that cannot be read' }),
};
