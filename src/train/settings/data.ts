import * as z from 'zod/mini';
import { nonEmptyString, positiveInteger } from '../../core/validate.js';
import { SAMPLING_METHODS } from '../../data/batches.js';
import { SPLIT_METHODS } from '../../data/dataset.js';
import { INPUT_KINDS } from '../../images/inputKind.js';
import { flags } from './flags.js';

/** The data set. */
export const dataSettings = {
  dataset: z
    ._default(nonEmptyString, 'mnist')
    .register(flags, { value: 'NAME', help: 'name or path of a data set; see inkling data --help' }),
  dataDir: z.optional(nonEmptyString).register(flags, {
    value: 'FOLDER',
    help: 'folder in which to look for data sets, and the weights of backbones, first',
  }),
  imageSize: z
    .optional(positiveInteger.check(z.maximum(1024)))
    .register(flags, { value: 'N', help: 'height and width to which images are resized' }),
  input: z.optional(z.enum(INPUT_KINDS)).register(flags, {
    value: 'KIND',
    help: 'how images are prepared: as a digit, normalized like MNIST; as an image of anything else; or as a photo, like those of ImageNet (default: digit or image, detected from the pixels)',
  }),
  split: z.optional(z.enum(SPLIT_METHODS)).register(flags, {
    value: 'METHOD',
    help: 'how validation images are drawn: random, as in the report, or stratified by class (default: random for data sets given by name, otherwise stratified)',
  }),
  sampling: z._default(z.enum(SAMPLING_METHODS), 'shuffled').register(flags, {
    value: 'METHOD',
    help: 'how the training images of an epoch are drawn: shuffled, or balanced (with replacement, all classes equally often)',
  }),
  skipUnreadable: z
    ._default(z.boolean(), false)
    .register(flags, { help: 'skip images that cannot be decoded' }),
};
