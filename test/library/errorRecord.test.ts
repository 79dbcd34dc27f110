import { expect, test } from 'vitest';
import { DivergedError, InklingError, UsageError } from '#inkling/core/errors.js';
import { recordOfError, reviveError } from '#inkling/library/errorRecord.js';

test('an error keeps its class, message, and code between threads', () => {
  const revived = reviveError(recordOfError(new DivergedError('the loss became NaN')));
  expect(revived).toBeInstanceOf(DivergedError);
  expect(revived).toMatchObject({ message: 'the loss became NaN', code: 'diverged' });
  expect(reviveError(recordOfError(new Error('x')))).not.toBeInstanceOf(InklingError);
});

test('the names that bundlers give to classes do not matter', () => {
  Object.defineProperty(UsageError, 'name', { value: 'a' });
  expect(reviveError({ name: 'UsageError', message: 'x' })).toBeInstanceOf(UsageError);
});
