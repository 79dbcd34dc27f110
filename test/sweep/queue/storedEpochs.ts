import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { QUEUE } from '#inkling/sweep/queue/bull/messages.js';
import type { RedisServer } from './redis.js';

/** Waits until a worker has stored some epochs of the first trial, which is later than it prints them. */
export async function storedEpochs({ port }: RedisServer, count: number): Promise<void> {
  const redis = new Redis(port);
  const queue = new Queue<unknown>(QUEUE, { connection: redis });
  const stored = async () => {
    const job = (await queue.getActive()).find(({ name }) => name.endsWith('trial-0'));
    return job?.progress;
  };
  const epochs = expect.arrayContaining(
    Array.from({ length: count }, (_, index) => [index + 1, expect.any(Number)]),
  );
  await expect.poll(stored, { interval: 10, timeout: 10_000 }).toMatchObject({ epochs });
  await queue.close();
  redis.disconnect();
}
