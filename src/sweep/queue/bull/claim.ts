import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { InklingError } from '../../../core/errors.js';
import { parseRecord } from '../../../core/record.js';
import { validate } from '../../../core/validate.js';
import { mayBeRunning, processId, processNamespace, processStart } from '../../../platform/machine.js';
import type { Connection } from './connection.js';
import { defer } from './latch.js';
import { KEYS } from './messages.js';

/** After this long without a sign of life, a coordinator counts as dead. */
const LEASE_MS = 15_000;
const RETRY_MS = 250;

const ownerSchema = z.object({
  host: z.string(),
  folder: z.string(),
  id: z.int(),
  start: z.string().optional(),
  namespace: z.string(),
  nonce: z.string(),
});

/** The right to conduct a sweep, which one process at a time has. */
export interface Claim {
  /** Rejects when another process has it, because this one was stopped for too long. */
  readonly failure: Promise<never>;
  readonly release: () => Promise<void>;
}

/**
 * Makes this process the only one on all machines that conducts a sweep. A process of this machine that was killed is succeeded at
 * once, one of another machine after some seconds.
 *
 * @param sweep its ID
 * @param folder the sweep's, for error messages
 * @throws {InklingError} when another process conducts it, or a copy of it with the same ID
 */
export async function claimSweep(
  { redis, address }: Pick<Connection, 'redis' | 'address'>,
  sweep: string,
  folder: string,
): Promise<Claim> {
  const key = KEYS.conductor(sweep);
  const id = processId();
  const own = JSON.stringify({
    host: hostname(),
    folder,
    id,
    start: processStart(id),
    namespace: processNamespace(),
    nonce: randomUUID(),
  } satisfies z.infer<typeof ownerSchema>);
  const take = async () => (await redis.set(key, own, 'PX', LEASE_MS, 'NX')) !== null;
  const end = performance.now() + LEASE_MS + RETRY_MS;
  while (!(await take())) {
    const held = await redis.get(key);
    if (held === null) continue;
    const owner = validate(ownerSchema, parseRecord(held, key), key);
    const isLocal = owner.namespace === processNamespace();
    if (isLocal && isDead(owner)) {
      await redis.del(key);
      continue;
    }
    if (isLocal || performance.now() > end) {
      throw new InklingError(
        `sweep: ${folder} is being conducted at ${address} by process ${owner.id} on ${owner.host}, in ${owner.folder}; wait for it to finish, or stop it; if that is another sweep, of which this folder is a copy, remove queue/sweep.json from the copy`,
      );
    }
    await sleep(RETRY_MS);
  }
  return hold(own, key, folder, { redis, take });
}

function isDead({ id, start }: z.infer<typeof ownerSchema>): boolean {
  return !mayBeRunning(id, (found) => start === undefined || found === start);
}

interface Holding extends Pick<Connection, 'redis'> {
  readonly take: () => Promise<boolean>;
}

/** Shows that this process is alive until it releases the claim. */
function hold(own: string, key: string, folder: string, { redis, take }: Holding): Claim {
  const failing = defer<never>();
  failing.promise.catch(() => undefined);
  const renew = async (): Promise<void> => {
    const held = await redis.get(key);
    if (held === own) await redis.pexpire(key, LEASE_MS);
    else if (held !== null || !(await take())) {
      failing.reject(
        new InklingError(
          `sweep: ${folder}: another process conducts it now, because this one was stopped for more than ${LEASE_MS / 1000} s; leave it to that one`,
        ),
      );
    }
  };
  // The connection reports its errors itself.
  const timer = setInterval(() => void renew().catch(() => undefined), LEASE_MS / 5);
  return {
    failure: failing.promise,
    async release() {
      clearInterval(timer);
      if ((await redis.get(key)) === own) await redis.del(key);
    },
  };
}
