import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';

/**
 * Gives a job back, and wakes a worker that waits for one, which BullMQ does not do if the job has a priority.
 *
 * @param token of the lock of the worker that has the job
 * @throws {Error} of BullMQ or of the connection when the job was not given back; if only the waking fails, workers find the job when they
 *   look for one the next time, some seconds later
 */
export async function returnJob(
  job: Pick<Job, 'moveToWait' | 'queueQualifiedName'>,
  token: string,
  redis: Pick<Redis, 'zadd'>,
): Promise<void> {
  await job.moveToWait(token);
  await redis.zadd(`${job.queueQualifiedName}:marker`, 0, '0').catch(() => undefined);
}
