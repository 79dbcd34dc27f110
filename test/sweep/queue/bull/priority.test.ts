import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { loadDataset } from '#inkling/data/load.js';
import { bullQueue } from '#inkling/sweep/queue/bullQueue.js';
import { returnJob } from '#inkling/sweep/queue/bull/returnJob.js';
import { workOnTrials } from '#inkling/sweep/queue/bull/workOnTrials.js';
import { trialImagesOf } from '#inkling/sweep/queue/trialImages.js';
import type { TrialJob } from '#inkling/sweep/queue/trialQueue.js';
import { parseConfig } from '#inkling/train/config.js';
import { sharedFolder } from '../../../helpers/run.js';
import { redisMissing, RedisServer } from '../redis.js';
import { writeStripes } from '../stripesFolder.js';

const folder = sharedFolder();
let server: RedisServer;
beforeAll(async () => {
  if (redisMissing === undefined) server = await RedisServer.start(folder);
});
afterAll(() => (redisMissing === undefined ? server.kill() : undefined));

it.skipIf(redisMissing !== undefined)('workers take the runs of finalists before trials', async () => {
  const { url, port } = server;
  const dataset = await loadDataset({ name: writeStripes(folder) });
  const config = parseConfig({ dataset: dataset.source.location, model: 'mlp', epochs: 1, runDir: folder });
  const images = trialImagesOf(config, dataset);
  const notify = (): void => undefined;
  const queue = await bullQueue(
    { folder, exchange: folder, images, dataset, command: 'inkling sweep' },
    { url, notify },
  );
  const controller = new AbortController();
  const execute = (name: string, goesFirst: boolean) => {
    const job: TrialJob = { name, config: { ...config, name }, run: undefined, trainsOnly: true, goesFirst };
    return queue.execute(job, { onStart: () => undefined, onEpoch: () => false }, controller.signal);
  };
  const ends = [execute('trial-0', false), execute('trial-1', false), execute('trial-0-seed-1', true)];
  const waiting = new Queue('inkling', { connection: { port } });
  await vi.waitFor(async () => {
    expect(await waiting.getJobCountByTypes('waiting', 'prioritized')).toBe(3);
  });
  const order: string[] = [];
  const working = workOnTrials({
    url,
    signal: controller.signal,
    notify,
    onTrial: ({ trial }) => order.push(trial),
  });
  expect(await Promise.all(ends)).toEqual(ends.map(() => ({ state: 'complete' })));
  expect(order[0]).toBe('trial-0-seed-1');
  controller.abort();
  await Promise.all([working, queue.close(), waiting.close()]);
});

it.skipIf(redisMissing !== undefined)(
  'a job that a worker gives back wakes one that waits, unless the connection is lost after it was given back',
  async () => {
    const { port } = server;
    const connection = { port };
    const queue = new Queue('returned', { connection });
    const worker = new Worker('returned', null, { connection });
    const redis = new Redis(port);
    await queue.add('trial-0', {}, { priority: 1 });
    const marker = 'bull:returned:marker';
    const closed = redis.duplicate();
    closed.disconnect();
    for (const [using, markers] of [[redis, 1] as const, [closed, 0] as const]) {
      const job = await worker.getNextJob('token');
      if (job === undefined) throw new Error('no job');
      await redis.del(marker);
      await returnJob(job, 'token', using);
      expect(await queue.getPrioritizedCount()).toBe(1);
      expect(await redis.zcard(marker)).toBe(markers);
    }
    redis.disconnect();
    await Promise.all([worker.close(), queue.close()]);
  },
);
