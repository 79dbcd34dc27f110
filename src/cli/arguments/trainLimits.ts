import { type Command, Option } from 'commander';
import { UsageError } from '../../core/errors.js';
import { positiveInteger } from '../../core/validate.js';
import { parseValue } from './values.js';

/** The flag that trains on several numbers of images. */
export const TRAIN_LIMITS_FLAG = '--train-limits';

const MAX_LIMITS = 100;

/** Adds the flag that trains on several numbers of images. */
export function addTrainLimitsFlag(command: Command): void {
  command.addOption(
    new Option(
      `${TRAIN_LIMITS_FLAG} <N,…>`,
      'train one run, or one for each seed, on each of these numbers of training images, such as 500,1000,2000, and print the accuracy by their number',
    )
      .argParser(parseLimits)
      .conflicts(['trainLimit', 'trainLimitPerClass', 'folds']),
  );
}

/** The numbers of training images, in ascending order; undefined without the flag. */
export function trainLimitsFrom(command: Command): readonly number[] | undefined {
  return command.opts<{ trainLimits?: readonly number[] }>().trainLimits;
}

function parseLimits(word: string): number[] {
  const limits = word.split(',').map((number) => parseValue(positiveInteger, number, TRAIN_LIMITS_FLAG));
  const isAscending = limits.every((limit, index) => index === 0 || limit > limits[index - 1]);
  if (limits.length > 1 && limits.length <= MAX_LIMITS && isAscending) return limits;
  throw new UsageError(
    `${TRAIN_LIMITS_FLAG}: expected 2 to ${MAX_LIMITS} numbers in ascending order, such as 500,1000,2000, got "${word}"`,
  );
}
