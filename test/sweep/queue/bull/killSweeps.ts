import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '#inkling/core/random.js';
import { runSweep } from '#inkling/sweep/runSweep.js';
import { TestProcess } from '../processes.js';
import { RedisServer } from '../redis.js';
import { resultsOf, startSweep, writeStripes } from '../sweeps.js';

const WORKERS = 2;
/** Between two kills, at most. */
const MAX_PAUSE_MS = 2500;

/** What became of sweeps whose processes were killed at random times. */
export interface KillCounts {
  workers: number;
  coordinators: number;
  servers: number;
  /** Sweeps that have finished nevertheless. */
  sweeps: number;
  /** Those whose results differ from those of a sweep without kills. */
  different: number;
}

/** Kills workers, coordinators, and Redis at random times until there were enough kills, and restarts each. */
export async function killSweeps(
  home: string,
  kills: number,
  onProgress: (counts: KillCounts) => void = () => undefined,
): Promise<KillCounts> {
  const images = join(home, 'images');
  writeStripes(images);
  const settings = { images, trials: 6, space: { epochs: 40, batchSize: 2 } };
  const whole = await startSweep({ ...settings, runDir: join(home, 'whole') });
  await runSweep(whole.folder, whole.dataset, { command: 'inkling sweep' });
  const expected = JSON.stringify(resultsOf(whole.folder));
  const data = join(home, 'redis');
  mkdirSync(data);
  const persistence = ['--appendonly', 'yes', '--appendfsync', 'always'];
  const server = await RedisServer.start(data, persistence);
  const random = new Random(1);
  const counts: KillCounts = { workers: 0, coordinators: 0, servers: 0, sweeps: 0, different: 0 };
  const killed = () => counts.workers + counts.coordinators + counts.servers;
  const workers = Array.from({ length: WORKERS }, () => TestProcess.worker(server.url));
  while (killed() < kills) {
    const { folder } = await startSweep({ ...settings, runDir: join(home, 'runs') });
    let coordinator = TestProcess.coordinator(server.url, folder, images);
    for (;;) {
      const pause = sleep(random.uint32() % MAX_PAUSE_MS).then(() => 'pause' as const);
      const code = await Promise.race([pause, coordinator.ended]);
      if (code === 0) break;
      if (code !== 'pause') throw new Error(`the coordinator failed: ${coordinator.output}`);
      if (killed() >= kills) continue;
      const target = random.uint32() % (WORKERS + 2);
      if (target < WORKERS) {
        await workers[target].kill();
        workers[target] = TestProcess.worker(server.url);
        counts.workers++;
      } else if (target === WORKERS) {
        await coordinator.kill();
        coordinator = TestProcess.coordinator(server.url, folder, images);
        counts.coordinators++;
      } else {
        await server.kill();
        await server.restart();
        counts.servers++;
      }
    }
    counts.sweeps++;
    counts.different += Number(JSON.stringify(resultsOf(folder)) !== expected);
    onProgress(counts);
  }
  await Promise.all(workers.map((worker) => worker.kill()));
  await server.kill();
  return counts;
}
