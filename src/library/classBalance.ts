import { checkArray } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { UsageError } from '../core/errors.js';
import { type ClassBalance, classBalance as balanceOf } from '../data/classBalance.js';

/**
 * How evenly images are distributed over classes. They are imbalanced if the largest class has more than three times as many as the
 * smallest: frequent classes then dominate training.
 *
 * @param counts the number of training images of each class, of at least one class
 * @throws {UsageError} for anything else
 */
export function classBalance(counts: readonly number[]): ClassBalance {
  checkArray('classBalance: counts', counts, 'numbers of images');
  if (counts.length === 0)
    throw new UsageError('classBalance: counts: expected at least one class, got none');
  for (const count of counts) checkValues('classBalance', { count }, { count: kinds.index });
  return balanceOf(counts);
}
