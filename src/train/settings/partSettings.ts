import * as z from 'zod/mini';
import { nonEmptyString, nonNegativeInteger, positiveInteger } from '../../core/validate.js';
import { flags } from './flags.js';

const MAX_FOLDS = 1000;

/** Which of the training images train and validate a run. */
export const partSettings = {
  folds: z.optional(z.int().check(z.minimum(2), z.maximum(MAX_FOLDS))).register(flags, {
    value: 'N',
    help: 'cross-validate: divide the training images into N folds, stratified by class, and train one run for each fold, which is validated on its images',
  }),
  fold: z
    .optional(positiveInteger)
    .register(flags, { value: 'K', help: 'with --folds: train only the run that is validated on fold K' }),
  group: z.optional(nonEmptyString).register(flags, {
    value: 'NAME',
    help: 'keep the images of a group, such as a patient, together when they are divided into folds, or into training and validation images: folder, for folders below those of the classes, or a column of the table',
  }),
  trainLimit: z.optional(positiveInteger).register(flags, {
    value: 'N',
    help: 'train on N images only, which the seed draws, with the same share of each class; a larger N includes the images of a smaller one',
  }),
  trainLimitPerClass: z.optional(positiveInteger).register(flags, {
    value: 'N',
    help: 'train on N images of each class only, which the seed draws; a larger N includes the images of a smaller one',
  }),
  exclude: z.optional(z.record(z.string(), z.array(nonNegativeInteger))).register(flags, {
    value: 'FILE',
    help: 'training images to leave out, which the run records: a list of wrong labels, such as inkling data --audit writes',
  }),
};

/** What to do instead in trainings in memory, which do not have these settings. */
export const PART_REMEDIES = {
  folds: 'use trainFolds to write run folders',
  fold: 'use trainRun to write a run folder',
  group: 'use trainRun to write a run folder',
  trainLimit: 'pass a data set with fewer images',
  trainLimitPerClass: 'pass a data set with fewer images',
  exclude: 'pass a data set without these images',
} as const;
