import type { Redis } from 'ioredis';
import { type JobData, KEYS, type Stop, stopSchema } from './messages.js';

/** How often a worker looks whether its trial is to be ended, besides after each epoch. */
const POLL_MS = 1000;

/** Knows whether the coordinator has asked for a job to be ended. */
export interface StopWatch {
  /** Asks Redis now. */
  readonly look: () => Promise<void>;
  /** Aborts when the job is to be ended. */
  readonly signal: AbortSignal;
  /** Why; undefined as long as it is not. */
  readonly reason: Stop | undefined;
  readonly close: () => void;
}

/** Asks Redis from time to time whether a job is to be ended, until it is closed. */
export function watchStop(redis: Redis, { sweep, name }: Pick<JobData, 'sweep' | 'name'>): StopWatch {
  const controller = new AbortController();
  let reason: Stop | undefined;
  const look = async (): Promise<void> => {
    try {
      const stated = stopSchema.safeParse(await redis.get(KEYS.stop(sweep.id, name)));
      if (!stated.success || controller.signal.aborted) return;
      reason = stated.data;
      controller.abort();
    } catch {
      // The connection reports its errors itself.
    }
  };
  const timer = setInterval(() => void look(), POLL_MS);
  void look();
  return {
    look,
    signal: controller.signal,
    get reason() {
      return reason;
    },
    close: () => {
      clearInterval(timer);
    },
  };
}
