import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { checkOptions, checkValues, type OptionKinds } from '../../../core/arguments/checkOptions.js';
import * as kinds from '../../../core/arguments/kinds.js';
import { processId } from '../../../platform/machine.js';
import { connect } from './connection.js';
import { QUEUE } from './messages.js';
import { loadBull } from './packages.js';
import { TrialWorker } from './trialWorker.js';
import type { WorkerOptions } from './workerOptions.js';

/** How long a worker can be silent before its trial is given to another one, and how often others look for that. */
const TIMES = { lockMs: 30_000, stalledMs: 15_000 } as const;

const OPTIONS: OptionKinds<WorkerOptions> = {
  url: kinds.text,
  dataDir: kinds.path,
  store: kinds.path,
  threads: kinds.count,
  signal: kinds.signal,
  notify: kinds.callback,
  onTrial: kinds.callback,
  onProgress: kinds.callback,
  onDecode: kinds.callback,
  times: kinds.object,
};

/**
 * Trains the trials of any sweeps in a queue, one at a time, until the signal is aborted.
 *
 * @throws {MachineError} when BullMQ is not installed, Redis cannot be reached, or this machine cannot train, such as for lack of space on
 *   the disk; its trial goes to another worker
 * @throws {FetchError} when it cannot download the images of a trial, likewise
 * @throws {InklingError} when Redis rejects the user name or the password
 */
export async function workOnTrials(options: WorkerOptions): Promise<void> {
  const example = "{ url: 'redis://localhost:6379', signal, notify: console.log }";
  checkOptions('workOnTrials', options, OPTIONS, example);
  const { url, signal, notify } = options;
  checkValues('workOnTrials', { url, signal, notify }, OPTIONS);
  const { lockMs, stalledMs, silenceMs }: NonNullable<WorkerOptions['times']> = options.times ?? TIMES;
  const bull = await loadBull();
  const connection = await connect(bull, url, { notify, silenceMs });
  const name = `${hostname().replaceAll(/[^\w.-]/g, '')}-${processId()}-${randomBytes(3).toString('hex')}`;
  const trials = new TrialWorker(name, lockMs, { bull, connection, options });
  const worker = new bull.Worker(QUEUE, trials.execute, {
    connection: connection.redis,
    name,
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    // `trainRemotely` counts those of one epoch.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  });
  worker.on('lockRenewalFailed', trials.lose);
  worker.on('error', trials.onError);
  const aborted = new Promise<void>((end) => {
    if (signal.aborted) end();
    signal.addEventListener('abort', () => {
      end();
    });
  });
  notify(`waiting for trials at ${connection.address}`);
  try {
    await Promise.race([aborted, connection.failure, trials.failure]);
    await Promise.race([worker.close(), connection.failure]);
  } finally {
    trials.end();
    await worker.close(true);
    connection.close();
  }
}
