import { basename, resolve } from 'node:path';
import { checkOptions, checkValues, type OptionKinds } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { claimSweep } from './bull/claim.js';
import { CollectedRun } from './bull/collectedRun.js';
import { connect, withoutPasswords } from './bull/connection.js';
import { Latch } from './bull/latch.js';
import { QUEUE } from './bull/messages.js';
import { loadBull } from './bull/packages.js';
import { type RemoteContext, RemoteJob } from './bull/remoteJob.js';
import { folderStore, redisStore } from './bull/stores.js';
import { claimSweepId } from './bull/sweepId.js';
import { ConnectedWorkers } from './bull/connectedWorkers.js';
import { executeJob, type SharedExecution } from './inProcessQueue.js';
import type { TrialQueue } from './trialQueue.js';

/** Where the workers of a sweep get their trials. */
export interface BullOptions {
  /** Redis or Valkey: `redis://host:port/db`, or `rediss://user:password@host:port/db` with TLS. */
  readonly url: string;
  /** Receives lines about workers and the connection. */
  readonly notify: (line: string) => void;
}

const OPTIONS: OptionKinds<BullOptions> = { url: kinds.text, notify: kinds.callback };

const EXECUTION: kinds.Kind = {
  what: 'what runSweep passes to openQueue',
  accepts: (value) => ['folder', 'dataset', 'command'].every((field) => kinds.hasField(value, field)),
};

/**
 * Has trials trained by workers (`inkling worker`) on any number of machines, through BullMQ. When the sweep is resumed after this
 * process was killed, it finds the jobs that it added before, those that have ended included.
 *
 * @throws {MachineError} when BullMQ is not installed, or Redis cannot be reached
 * @throws {InklingError} when another process conducts the sweep
 */
export async function bullQueue(execution: SharedExecution, options: BullOptions): Promise<TrialQueue> {
  checkValues('bullQueue', { execution }, { execution: EXECUTION });
  checkOptions('bullQueue', options, OPTIONS, "{ url: 'redis://localhost:6379', notify: console.log }");
  const { url, notify } = options;
  checkValues('bullQueue', { url, notify }, OPTIONS);
  const bull = await loadBull();
  const connection = await connect(bull, url, { notify });
  const { redis, address } = connection;
  const { folder, exchange, images, command, note } = execution;
  const sweep = { id: claimSweepId(exchange), name: basename(resolve(exchange)), images };
  const shared = { connection: redis };
  const queue = new bull.Queue(QUEUE, shared);
  const events = new bull.QueueEvents(QUEUE, shared);
  const latches = new Map<string, Latch>();
  const look = ({ jobId }: { jobId: string }): void => latches.get(jobId)?.set();
  for (const each of ['progress', 'completed', 'failed'] as const) events.on(each, look);
  // Those of the connection are reported by itself, and others by the call that fails.
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  try {
    const claim = await Promise.race([claimSweep(connection, sweep.id, exchange), connection.failure]);
    const workers = await Promise.race([
      ConnectedWorkers.start({ queue, redis, address, sweep: sweep.id, notify }),
      connection.failure,
    ]);
    const context: RemoteContext = { queue, redis, sweep, command: withoutPasswords(command), note };
    const stores = [folderStore(exchange), redisStore(redis, sweep.id)];
    const failure = Promise.race([connection.failure, claim.failure]);
    failure.catch(() => undefined);
    return {
      get capacity() {
        return workers.capacity;
      },
      capacityChanged: () => Promise.race([workers.changed(), failure]),
      async execute(job, reports, signal) {
        const run = new CollectedRun(job, folder, stores);
        if (run.isTrained) return executeJob(job, reports, signal, execution);
        const remote = new RemoteJob(context, job, run, reports);
        const latch = new Latch();
        latches.set(remote.id, latch);
        signal.addEventListener('abort', latch.set);
        try {
          await run.offer();
          return await Promise.race([remote.follow(latch, signal), failure]);
        } finally {
          signal.removeEventListener('abort', latch.set);
          latches.delete(remote.id);
        }
      },
      async close() {
        workers.stop();
        await Promise.race([claim.release(), failure]).catch(() => undefined);
        await Promise.allSettled([events.close(), queue.close()]);
        connection.close();
      },
    };
  } catch (error) {
    await Promise.allSettled([events.close(), queue.close()]);
    connection.close();
    throw error;
  }
}

/**
 * Checks that a queue can be reached, before anything is done for it.
 *
 * @param url of Redis or Valkey; nothing is checked without
 * @throws what `bullQueue` throws
 */
export async function checkQueue(url: string | undefined): Promise<void> {
  if (url === undefined) return;
  const connection = await connect(await loadBull(), url, { notify: () => undefined });
  connection.close();
}
