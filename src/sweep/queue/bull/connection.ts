import type { Redis } from 'ioredis';
import { type InklingError, MachineError, messageOf, UsageError } from '../../../core/errors.js';
import { formatSeconds } from '../../../core/format.js';
import { permanentError } from './connectionErrors.js';
import { defer } from './latch.js';
import type { Bull } from './packages.js';

/** How long a Redis that was reached before is waited for, such as while it restarts. */
const LOST_PATIENCE_MS = 300_000;
/** How long a Redis is waited for that was never reached: its address may be wrong. */
const FIRST_PATIENCE_MS = 10_000;
const MAX_DELAY_MS = 2000;
const CONNECT_TIMEOUT_MS = 5000;
/**
 * After this long without a reply, a connection counts as lost: the network may have forgotten it. Enough for the files of a run, even if
 * they are sent slowly.
 */
const SILENCE_MS = 120_000;

/** A connection to Redis or Valkey. */
export interface Connection {
  readonly redis: Redis;
  /** Its URL without the password. */
  readonly address: string;
  /** Rejects with an `InklingError` when Redis refuses the connection, or cannot be reached again. */
  readonly failure: Promise<never>;
  readonly close: () => void;
}

interface ConnectOptions {
  /** Receives a line when the connection is lost and when there is one again. */
  readonly notify: (line: string) => void;
  /** How long to try, in milliseconds. */
  readonly patience?: { readonly first: number; readonly lost: number };
  /** How long to wait for a reply, in milliseconds. */
  readonly silenceMs?: number | undefined;
}

/**
 * A URL of Redis without its password.
 *
 * @throws {UsageError} when it is not a URL of Redis
 */
export function addressOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    // The URL may contain a password.
    throw new UsageError(
      'queue: expected the URL of Redis or Valkey, such as redis://host:6379 or rediss://user:password@host:6379/0, got another value',
    );
  }
  const database = parsed.pathname === '/' ? '' : parsed.pathname;
  return `${parsed.protocol}//${parsed.host}${database}`;
}

/** A text without the passwords of URLs in it. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/(rediss?:\/\/)[^@/\s]*@/g, '$1');
}

/**
 * Connects to Redis or Valkey.
 *
 * @throws {UsageError} when the URL is invalid
 * @throws {InklingError} when the user name, the password, or the certificate is rejected
 * @throws {MachineError} when there is no answer within some seconds
 */
export async function connect(
  { Redis }: Pick<Bull, 'Redis'>,
  url: string,
  {
    notify,
    patience = { first: FIRST_PATIENCE_MS, lost: LOST_PATIENCE_MS },
    silenceMs = SILENCE_MS,
  }: ConnectOptions,
): Promise<Connection> {
  const address = addressOf(url);
  const failing = defer<never>();
  failing.promise.catch(() => undefined);
  let state: 'connecting' | 'ready' | 'lost' | 'failed' = 'connecting';
  let since = performance.now();
  let reason = 'no answer';
  const fail = (error: InklingError): void => {
    state = 'failed';
    failing.reject(error);
  };
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: silenceMs,
    // BullMQ requires that commands wait for the next connection; how long, `retryStrategy` decides.
    maxRetriesPerRequest: null,
    retryStrategy(times) {
      if (state === 'failed') return null;
      if (state === 'ready') {
        [state, since] = ['lost', performance.now()];
        notify(
          `connection to ${address} lost (${reason}); trying again for ${formatSeconds(patience.lost / 1000)}`,
        );
      }
      const limit = state === 'lost' ? patience.lost : patience.first;
      if (performance.now() - since < limit) return Math.min(100 * times, MAX_DELAY_MS);
      fail(
        new MachineError(
          `queue: cannot reach ${address}: ${reason}; check that Redis or Valkey is running there${address.startsWith('rediss:') ? ' with TLS' : ''} and that this machine may connect to it`,
        ),
      );
      return null;
    },
  });
  const ready = defer<undefined>();
  redis.on('ready', () => {
    if (state === 'lost') notify(`connected to ${address} again`);
    if (state !== 'failed') state = 'ready';
    reason = 'it was closed';
    ready.resolve(undefined);
  });
  redis.on('error', (error) => {
    reason = messageOf(error) || 'no answer';
    const permanent = permanentError(error, address);
    if (permanent !== undefined) fail(permanent);
  });
  // Its errors are those of the event.
  redis.connect().catch(() => undefined);
  const close = (): void => {
    state = 'failed';
    redis.disconnect();
  };
  try {
    await Promise.race([ready.promise, failing.promise]);
  } catch (error) {
    close();
    throw error;
  }
  return { redis, address, failure: failing.promise, close };
}
