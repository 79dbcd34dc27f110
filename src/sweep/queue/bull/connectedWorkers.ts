import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { formatPlural, listFirst } from '../../../core/format.js';
import { defer } from './latch.js';
import { KEYS } from './messages.js';

const POLL_MS = 1000;
/** A worker's name in the list of Redis' connections. */
const WORKER_NAME = /:w:(\S+)$/;

interface WatchOptions {
  readonly queue: Queue;
  readonly redis: Redis;
  readonly address: string;
  readonly sweep: string;
  readonly notify: (line: string) => void;
}

/** The connected workers that can train the trials of a sweep. */
export class ConnectedWorkers {
  readonly #options: WatchOptions;
  #change = defer<undefined>();
  #timer: NodeJS.Timeout | undefined;
  #able = -1;
  #isStopped = false;
  #said = '';

  private constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Counts the workers now, and every second from now on. */
  static async start(options: WatchOptions): Promise<ConnectedWorkers> {
    const workers = new ConnectedWorkers(options);
    await workers.#count();
    workers.#schedule();
    return workers;
  }

  /** At least 1, so that a trial waits for the first worker. */
  get capacity(): number {
    return Math.max(this.#able, 1);
  }

  /** Resolves when there are more or fewer. */
  readonly changed = (): Promise<undefined> => this.#change.promise;

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      // The connection reports its errors itself.
      void this.#count()
        .catch(() => undefined)
        .finally(() => {
          if (!this.#isStopped) this.#schedule();
        });
    }, POLL_MS);
  }

  async #count(): Promise<void> {
    const { queue, redis, sweep } = this.#options;
    const workers = await queue.getWorkers();
    const names = workers.map(({ rawname = '' }) => WORKER_NAME.exec(rawname)?.[1] ?? '');
    const refusals = await redis.hgetall(KEYS.refusals(sweep));
    const refusing = names.filter((name) => Object.hasOwn(refusals, name));
    const able = names.length - refusing.length;
    if (able !== this.#able) {
      this.#able = able;
      this.#change.resolve(undefined);
      this.#change = defer();
    }
    this.#say(this.#describe(able, [...new Set(refusing.map((name) => refusals[name]))]));
  }

  #describe(able: number, reasons: readonly string[]): string {
    const { address } = this.#options;
    if (able > 0) return `${formatPlural(able, 'worker')} at ${address}`;
    if (reasons.length === 0) {
      return `waiting for workers at ${address}; start them with "inkling worker --queue URL"`;
    }
    return `waiting for workers at ${address}: none that is connected can train these trials: ${listFirst(reasons, 3)}`;
  }

  /** Each state once. */
  #say(line: string): void {
    if (line === this.#said || this.#isStopped) return;
    this.#said = line;
    this.#options.notify(line);
  }
}
