import { cpSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { bullQueue } from '#inkling/sweep/queue/bullQueue.js';
import { QUEUE } from '#inkling/sweep/queue/bull/messages.js';
import { type SweepHooks, runSweep } from '#inkling/sweep/runSweep.js';
import { readSweep } from '#inkling/sweep/sweepFolder.js';
import { sharedFolder } from '../../../helpers/run.js';
import { killAll, LocalWorker, TestProcess } from '../processes.js';
import { redisMissing, RedisServer } from '../redis.js';
import { storedEpochs } from '../storedEpochs.js';
import { resultsOf, startSweep, writeStripes } from '../sweeps.js';

const home = sharedFolder();
const images = join(home, 'images');
const command = 'inkling sweep';
/** Long enough for something to happen to a trial. */
const slow = { epochs: 40, batchSize: 2, learningRate: { float: [1e-4, 1e-2] } };
let server: RedisServer;
let whole: ReturnType<typeof resultsOf>;

const create = (runDir = 'runs') =>
  startSweep({ images, runDir: join(home, runDir), trials: 2, space: slow });

function openQueue(lines: string[] = []): NonNullable<SweepHooks['openQueue']> {
  return (execution) => bullQueue(execution, { url: server.url, notify: (line) => lines.push(line) });
}

describe.skipIf(redisMissing !== undefined)('trials in Redis', () => {
  beforeAll(async () => {
    server = await RedisServer.start(home);
    writeStripes(images);
    const { folder, dataset } = await create('expected');
    await runSweep(folder, dataset, { command });
    whole = resultsOf(folder);
  });
  afterEach(killAll);
  afterAll(() => server.kill());

  it.each([undefined, 'shared'])('continue on another worker when theirs is killed (%s)', async (runDir) => {
    const { folder, dataset } = await create(runDir);
    const store = runDir && join(home, runDir);
    const first = TestProcess.worker(server.url, { store });
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue() });
    await storedEpochs(server, 2);
    await first.kill();
    const second = new LocalWorker(server.url, { store });
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
    expect(second.output).toMatch(/trial-0 of sweep-\S+: continuing after \d+ epochs/);
    expect(second.output).not.toContain('trial-0 of sweep-images-1: epoch 1 ');
  });

  it('continue on another worker at once when theirs is stopped', async () => {
    const { folder, dataset } = await create();
    const stopped = TestProcess.worker(server.url);
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue() });
    await stopped.printed(/trial-0 .*epoch 2 /);
    const other = new LocalWorker(server.url);
    await stopped.kill('SIGINT');
    expect(stopped.output).toMatch(/trial-0: returned to the queue/);
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
    expect(other.output).toMatch(/trial-0 of \S+: continuing after \d+ epochs/);
  });

  it('go on when the coordinator is killed, and are collected when the sweep is resumed', async () => {
    const { folder, dataset } = await create();
    const worker = new LocalWorker(server.url);
    const coordinator = TestProcess.coordinator(server.url, folder, images);
    await worker.printed(/trial-0 .*epoch 2 /);
    await coordinator.kill();
    await worker.printed(/trial-0 of \S+: complete/);
    expect(readSweep(folder).trials[0].state).toBe('running');
    await runSweep(folder, dataset, { command, openQueue: openQueue() });
    expect(resultsOf(folder)).toEqual(whole);
    expect(worker.output.match(/trial-0 of \S+: training/g)).toHaveLength(1);
  });

  it('have the same results if two workers have the same one', async () => {
    const { folder, dataset } = await create();
    const workers = [new LocalWorker(server.url), new LocalWorker(server.url)];
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue() });
    await Promise.race(workers.map((worker) => worker.printed(/trial-0 .*epoch 2 /)));
    // As if its worker had not been heard of for too long.
    const redis = new Redis(server.port);
    const queue = new Queue(QUEUE, { connection: redis });
    const job = (await queue.getActive()).find(({ name }) => name.endsWith('trial-0'));
    await redis.del(`${queue.toKey(job?.id ?? '')}:lock`);
    await swept;
    await queue.close();
    redis.disconnect();
    expect(resultsOf(folder)).toEqual(whole);
  });

  it('are added again if Redis loses them', async () => {
    const { folder, dataset } = await create();
    const worker = new LocalWorker(server.url);
    const lines: string[] = [];
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(lines) });
    await worker.printed(/trial-0 .*epoch 2 /);
    await server.kill();
    await worker.printed(/connection to redis:\S+ lost .*; trying again for 5/);
    await server.restart();
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
    expect(lines.join('\n')).toMatch(/lost .*\n.*again$/m);
  });

  it('of sweeps with the same name do not mix', async () => {
    const sweeps = [await create('one'), await create('two')];
    new LocalWorker(server.url);
    await Promise.all(
      sweeps.map(({ folder, dataset }) => runSweep(folder, dataset, { command, openQueue: openQueue() })),
    );
    expect(sweeps.map(({ folder }) => basename(folder))).toEqual(['sweep-images-1', 'sweep-images-1']);
    for (const { folder } of sweeps) expect(resultsOf(folder)).toEqual(whole);
  });

  it('of a copy of a sweep are rejected while the sweep is conducted', async () => {
    const { folder, dataset } = await create('original');
    const controller = new AbortController();
    const lines: string[] = [];
    const swept = runSweep(folder, dataset, {
      command,
      openQueue: openQueue(lines),
      signal: controller.signal,
    });
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines[0]).toBe(
      `waiting for workers at ${server.url}; start them with "inkling worker --queue URL"`,
    );
    const copy = join(home, 'copy');
    cpSync(folder, copy, { recursive: true });
    rmSync(join(copy, 'sweep.pid'));
    await expect(runSweep(copy, dataset, { command, openQueue: openQueue() })).rejects.toThrow(
      `sweep: ${copy} is being conducted at ${server.url} by process ${process.pid} on ${hostname()}, in ${folder}; wait for it to finish, or stop it; if that is another sweep, of which this folder is a copy, remove queue/sweep.json from the copy`,
    );
    controller.abort();
    await swept;
  });

  it('are left to other workers by one that cannot train them', async () => {
    const { folder, dataset } = await create('runs');
    const lines: string[] = [];
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(lines) });
    const wrong = new LocalWorker(server.url, { store: join(home, 'elsewhere') });
    await wrong.printed(/left to other workers/);
    const reason = `the option store ${join(home, 'elsewhere')}: expected the folder that contains ${basename(folder)}, as the machine that conducts this sweep sees it, got one without it, or with another sweep of that name; correct it, or leave it out`;
    expect(wrong.output).toContain(
      `${basename(folder)}: left to other workers: ${reason}; then start this worker again`,
    );
    await expect
      .poll(() => lines, { timeout: 5000 })
      .toContain(
        `waiting for workers at ${server.url}: none that is connected can train these trials: ${reason}`,
      );
    new LocalWorker(server.url);
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
  });
});
