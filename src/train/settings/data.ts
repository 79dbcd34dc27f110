import * as z from 'zod';
import { positiveInteger } from '../../core/validate.js';
import { SPLIT_METHODS } from '../../data/dataset.js';
import { INPUT_KINDS } from '../../images/inputKind.js';
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
  input: z.enum(INPUT_KINDS).optional().register(flags, {
    value: 'KIND',
    help: 'what the images show: digit (a drawing, normalized like MNIST) or image (default: detected from the pixels)',
  }),
  split: z.enum(SPLIT_METHODS).optional().register(flags, {
    value: 'METHOD',
    help: 'how validation images are drawn: random, as in the report, or stratified by class (default: random for data sets given by name, otherwise stratified)',
  }),
  skipUnreadable: z.boolean().default(false).register(flags, { help: 'skip images that cannot be decoded' }),
};
