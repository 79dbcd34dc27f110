import { UsageError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import type { AccessOptions } from '../accessOptions.js';

/**
 * Whether clients may start trainings, which take the time of the machine: by default only where no other machine can be one. On a
 * loopback address, a key or other origins mean that a proxy or another page passes on requests.
 *
 * @param allowTraining as the user has set it
 * @throws {UsageError} when anyone could start them
 */
export function mayTrain(allowTraining: boolean | undefined, access: AccessOptions): boolean {
  const { isLoopback, apiKey, origins } = access;
  if (allowTraining === true && !isLoopback && apiKey === undefined) {
    throw new UsageError(
      `${option('allowTraining')}: expected an address that only this machine can reach, or a key, since anyone could start trainings otherwise; add ${option('apiKey')}`,
    );
  }
  return allowTraining ?? (isLoopback && apiKey === undefined && origins === undefined);
}
