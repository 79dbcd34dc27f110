import type { Redis } from 'ioredis';
import { MachineError } from '../../../core/errors.js';
import { codeOf } from '../../../platform/fileErrors.js';

/** What is used of the two packages. */
export interface Bull extends Pick<
  typeof import('bullmq'),
  'Queue' | 'QueueEvents' | 'WaitingError' | 'Worker'
> {
  readonly Redis: typeof Redis;
}

/**
 * BullMQ, and the client of Redis that it uses. Both are optional, because only sweeps on several machines need them.
 *
 * @throws {MachineError} when one is not installed
 */
export async function loadBull(): Promise<Bull> {
  try {
    const [bull, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { ...bull, Redis };
  } catch (error) {
    if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new MachineError(
      'queue: sweeps on several machines need the packages bullmq and ioredis, which are optional and not installed; run "npm install bullmq ioredis"',
      { cause: error },
    );
  }
}
