import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bullQueue } from '#inkling/sweep/queue/bullQueue.js';
import { type SweepHooks, runSweep } from '#inkling/sweep/runSweep.js';
import { sharedFolder } from '../../../helpers/run.js';
import { Network } from '../partition.js';
import { killAll, LocalWorker, TestProcess, TIMES } from '../processes.js';
import { redisMissing, RedisServer } from '../redis.js';
import { storedEpochs } from '../storedEpochs.js';
import { resultsOf, startSweep, writeStripes } from '../sweeps.js';

const home = sharedFolder();
const images = join(home, 'images');
const command = 'inkling sweep';
/** Long enough for something to happen to a trial. */
const slow = { epochs: 40, batchSize: 2, learningRate: { float: [1e-4, 1e-2] } };
/** Shorter than BullMQ waits for a job with one command, which this one does not need to. */
const SILENCE_MS = 1000;
let server: RedisServer;
let network: Network;
let whole: ReturnType<typeof resultsOf>;

const create = (runDir = 'runs') =>
  startSweep({ images, runDir: join(home, runDir), trials: 2, space: slow });

/** A clock that is some hours ahead, each for a moment. */
const clock = (...hours: number[]) => `
  const RealDate = Date;
  const hours = ${JSON.stringify(hours)};
  const now = () => RealDate.now() + 3_600_000 * hours[Math.floor(performance.now() / 100) % hours.length];
  globalThis.Date = class extends RealDate {
    constructor(...given) { super(...(given.length > 0 ? given : [now()])); }
    static now() { return now(); }
  };
`;

/** A disk that is full as long as a file exists. */
const disk = (file: string) => `
  const { existsSync } = await import('node:fs');
  const { setFileOperationHook } = await import('#inkling/platform/fileOperations.js');
  setFileOperationHook(({ kind }) => {
    if (kind !== 'write' || !existsSync(${JSON.stringify(file)})) return undefined;
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  });
`;

describe.skipIf(redisMissing !== undefined)('trials in Redis have the same results', () => {
  beforeAll(async () => {
    server = await RedisServer.start(home);
    writeStripes(images);
    const { folder, dataset } = await create('expected');
    await runSweep(folder, dataset, { command });
    whole = resultsOf(folder);
  });
  beforeEach(async () => {
    network = await Network.start(server.port);
  });
  afterEach(async () => {
    await killAll();
    network.close();
  });
  afterAll(() => server.kill());

  const openQueue =
    (url: string): NonNullable<SweepHooks['openQueue']> =>
    (execution) =>
      bullQueue(execution, { url, notify: () => undefined });

  it('if the network drops the traffic of a worker until another one has its trial', async () => {
    const { folder, dataset } = await create();
    new LocalWorker(network.url);
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(server.url) });
    await storedEpochs(server, 2);
    network.cut();
    const second = new LocalWorker(server.url);
    await second.printed(/trial-0 of \S+: continuing after \d+ epochs/);
    network.heal();
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
  });

  it('if the network drops the traffic of the coordinator until all trials have ended', async () => {
    const { folder, dataset } = await create();
    const worker = new LocalWorker(server.url);
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(network.url) });
    await worker.printed(/trial-0 .*epoch 3 /);
    network.cut();
    await worker.printed(/trial-0 of \S+: complete/);
    network.heal();
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
  });

  it('if the network forgets the connections of the only worker', async () => {
    const { folder, dataset } = await create();
    const worker = new LocalWorker(network.url, { times: { ...TIMES, silenceMs: SILENCE_MS } });
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(server.url) });
    await worker.printed(/trial-0 .*epoch 3 /);
    network.forget();
    await worker.printed(
      /connection to redis:\S+ lost \(Socket timeout.*\n(.*\n)*connected to redis:\S+ again/,
    );
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
  });

  it('if the clocks of workers jump by hours', async () => {
    const { folder, dataset } = await create();
    const jumping = { prelude: clock(1, -1, 0, 5) };
    const workers = [TestProcess.worker(server.url, jumping), TestProcess.worker(server.url, jumping)];
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(server.url) });
    await Promise.race(workers.map((worker) => worker.printed(/trial-0 .*epoch 3 /)));
    await workers[0].kill();
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
  });

  it('if the clock of a worker that cannot train them is ahead', async () => {
    const { folder, dataset } = await create();
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(server.url) });
    const wrong = TestProcess.worker(server.url, { prelude: clock(1), store: join(home, 'elsewhere') });
    await wrong.printed(/left to other workers/);
    await wrong.kill();
    new LocalWorker(server.url);
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
  });

  it('if the disk of a worker is full, which ends', async () => {
    const { folder, dataset } = await create();
    const full = join(home, 'full');
    const first = TestProcess.worker(server.url, { prelude: disk(full) });
    const swept = runSweep(folder, dataset, { command, openQueue: openQueue(server.url) });
    await storedEpochs(server, 2);
    writeFileSync(full, '');
    expect(await first.ended).toBe(1);
    rmSync(full);
    expect(first.output).toMatch(/trial-0: returned to the queue/);
    expect(first.output).toMatch(/MachineError: cannot \w+ \S+: the disk is full; free some space/);
    const second = new LocalWorker(server.url);
    await swept;
    expect(resultsOf(folder)).toEqual(whole);
    expect(second.output).toMatch(/trial-0 of \S+: continuing after \d+ epochs/);
  });
});
