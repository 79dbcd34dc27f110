import * as z from 'zod/mini';
import { positiveInteger } from '../../core/validate.js';
import { flags } from './flags.js';

const MAX_FOLDS = 1000;

/** Which images of a cross-validation validate a run. */
export const foldSettings = {
  folds: z.optional(z.int().check(z.minimum(2), z.maximum(MAX_FOLDS))).register(flags, {
    value: 'N',
    help: 'cross-validate: divide the training images into N folds, stratified by class, and train one run for each fold, which is validated on its images',
  }),
  fold: z
    .optional(positiveInteger)
    .register(flags, { value: 'K', help: 'with --folds: train only the run that is validated on fold K' }),
};

/** What to do instead in trainings in memory, which do not have them. */
export const FOLD_REMEDIES = {
  folds: 'use trainFolds to write run folders',
  fold: 'use trainRun to write a run folder',
} as const;
