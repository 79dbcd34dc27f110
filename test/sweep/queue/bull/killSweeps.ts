import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '#inkling/core/random.js';
import { runSweep } from '#inkling/sweep/runSweep.js';
import { TestProcess } from '../processes.js';
import { RedisServer } from '../redis.js';
import { resultsOf, startSweep, writeStripes } from '../sweeps.js';

/** Between two kills, at most. */
const MAX_PAUSE_MS = 1500;

/**
 * Sweeps whose results do not depend on which processes are how fast: with `asha`, which trials are continued depends on the order of
 * the results, which is that of the trials with one worker.
 */
const KINDS = [
  { pruner: 'asha', workers: 1 },
  { pruner: 'none', workers: 2 },
] as const;

/** What became of sweeps whose processes were killed at random times. */
export interface KillCounts {
  workers: number;
  coordinators: number;
  servers: number;
  /** Sweeps that have finished nevertheless, by their pruner. */
  readonly sweeps: Record<(typeof KINDS)[number]['pruner'], number>;
  /** Those whose results differ from those of a sweep without kills. */
  different: number;
}

/**
 * Kills workers, coordinators, and Redis at random times until there were enough kills, and restarts each.
 *
 * @param seed of the times, and of which process is killed
 */
export async function killSweeps(home: string, kills: number, seed: number): Promise<KillCounts> {
  const images = join(home, 'images');
  writeStripes(images);
  const settings = { images, trials: 6, space: { epochs: 40, batchSize: 2 } };
  const data = join(home, 'redis');
  mkdirSync(data);
  const server = await RedisServer.start(data, ['--appendonly', 'yes', '--appendfsync', 'always']);
  const random = new Random(seed);
  const counts: KillCounts = {
    ...{ workers: 0, coordinators: 0, servers: 0, different: 0 },
    sweeps: { asha: 0, none: 0 },
  };
  const expected = new Map<string, string>();
  const count = () => counts.workers + counts.coordinators + counts.servers;
  for (let number = 0; count() < kills; number++) {
    const { pruner, workers } = KINDS[number % KINDS.length];
    const start = (runDir: string) => startSweep({ ...settings, pruner, runDir: join(home, runDir) });
    if (!expected.has(pruner)) {
      const whole = await start('whole');
      await runSweep(whole.folder, whole.dataset, { command: 'inkling sweep' });
      expected.set(pruner, JSON.stringify(resultsOf(whole.folder)));
    }
    const { folder } = await start('runs');
    await disturb({ server, folder, images, workers, random, counts, isEnough: () => count() >= kills });
    counts.sweeps[pruner]++;
    counts.different += Number(JSON.stringify(resultsOf(folder)) !== expected.get(pruner));
  }
  await server.kill();
  return counts;
}

interface Disturbance {
  readonly server: RedisServer;
  readonly folder: string;
  readonly images: string;
  /** How many there are. */
  readonly workers: number;
  readonly random: Random;
  readonly counts: KillCounts;
  readonly isEnough: () => boolean;
}

/** Conducts a sweep to its end, and kills what takes part in it. */
async function disturb({ server, folder, images, random, counts, ...options }: Disturbance): Promise<void> {
  const startWorker = () => TestProcess.worker(server.url);
  const startCoordinator = () => TestProcess.coordinator(server.url, folder, images);
  const workers = Array.from({ length: options.workers }, startWorker);
  let coordinator = startCoordinator();
  for (;;) {
    const pause = sleep(random.uint32() % MAX_PAUSE_MS).then(() => 'pause' as const);
    const code = await Promise.race([pause, coordinator.ended]);
    if (code === 0) break;
    if (code !== 'pause') throw new Error(`the coordinator failed: ${coordinator.output}`);
    if (options.isEnough()) continue;
    const target = random.uint32() % (workers.length + 2);
    if (target < workers.length) {
      await workers[target].kill();
      workers[target] = startWorker();
      counts.workers++;
    } else if (target === workers.length) {
      await coordinator.kill();
      coordinator = startCoordinator();
      counts.coordinators++;
    } else {
      await server.kill();
      await server.restart();
      counts.servers++;
    }
  }
  await Promise.all(workers.map((worker) => worker.kill()));
}
