import { basename, join, resolve } from 'node:path';
import { kindOf } from '../../platform/files.js';
import { isFinished, readRun } from '../../runs/readRun.js';
import { readResumePoint } from '../../runs/resume.js';
import { readSweep } from '../sweepFolder.js';
import { claimSweep } from './bull/claim.js';
import { connect, withoutPasswords } from './bull/connection.js';
import { Latch } from './bull/latch.js';
import { QUEUE } from './bull/messages.js';
import { loadBull } from './bull/packages.js';
import { type RemoteContext, RemoteJob } from './bull/remoteJob.js';
import { isWorthKeeping, packRun } from './bull/snapshot.js';
import { folderStore, loadNewest, MAX_REDIS_BYTES, redisStore } from './bull/stores.js';
import { claimSweepId } from './bull/sweepId.js';
import { ConnectedWorkers } from './bull/connectedWorkers.js';
import { executeJob, type Execution } from './inProcessQueue.js';
import type { TrialJob, TrialQueue } from './trialQueue.js';

/** Where the workers of a sweep get their trials. */
export interface BullOptions {
  /** Redis or Valkey: `redis://host:port/db`, or `rediss://user:password@host:port/db` with TLS. */
  readonly url: string;
  /** Receives lines about workers and the connection. */
  readonly notify: (line: string) => void;
}

/**
 * Has trials trained by workers (`inkling worker`) on any number of machines, through BullMQ. When the sweep is resumed after this
 * process was killed, it finds the jobs that it added before, those that have ended included.
 *
 * @throws {MachineError} when BullMQ is not installed, or Redis cannot be reached
 * @throws {InklingError} when another process conducts the sweep
 */
export async function bullQueue(execution: Execution, { url, notify }: BullOptions): Promise<TrialQueue> {
  const bull = await loadBull();
  const connection = await connect(bull, url, { notify });
  const { redis, address } = connection;
  const { folder } = execution;
  const { definition } = readSweep(folder);
  const sweep = { id: claimSweepId(folder), name: basename(resolve(folder)), definition };
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
    const claim = await Promise.race([claimSweep(connection, sweep.id, folder), connection.failure]);
    const workers = await Promise.race([
      ConnectedWorkers.start({ queue, redis, address, sweep: sweep.id, notify }),
      connection.failure,
    ]);
    const context: RemoteContext = {
      queue,
      redis,
      folder,
      sweep,
      command: withoutPasswords(execution.command),
      stores: [folderStore(folder), redisStore(redis, sweep.id)],
    };
    const failure = Promise.race([connection.failure, claim.failure]);
    failure.catch(() => undefined);
    return {
      get capacity() {
        return workers.capacity;
      },
      capacityChanged: () => Promise.race([workers.changed(), failure]),
      async execute(job, reports, signal) {
        if (isTrained(folder, job)) return executeJob(job, reports, signal, execution);
        const remote = new RemoteJob(context, job, reports);
        const latch = new Latch();
        latches.set(remote.id, latch);
        signal.addEventListener('abort', latch.set);
        try {
          await offer(job, context);
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

/** Whether a run in the sweep's folder was trained to its end, before its trial was recorded as complete. */
function isTrained(folder: string, { run }: TrialJob): boolean {
  if (run === undefined || kindOf(join(folder, run)) !== 'folder') return false;
  const { summary } = readRun(join(folder, run));
  return summary !== undefined && isFinished(summary.stopReason);
}

/** Lets workers resume a run that is in the sweep's folder, from before the sweep was interrupted. */
async function offer({ name, run }: TrialJob, { folder, stores }: RemoteContext): Promise<void> {
  if (run === undefined || !isWorthKeeping(join(folder, run))) return;
  const { epochs } = readResumePoint(join(folder, run)).state;
  const stored = await loadNewest(stores, name);
  if (stored !== undefined && stored.epochs >= epochs.length) return;
  const bytes = packRun(join(folder, run), epochs.length);
  for (const store of stores) {
    if (store.kind === 'folder' || bytes.length <= MAX_REDIS_BYTES) await store.save(name, bytes);
  }
}
