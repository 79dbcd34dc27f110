import { readFileSync, readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Processor time of threads in nanoseconds, as the first number. Source: the Linux kernel's documentation of sched-stats. */
const THREAD = '/proc/thread-self';

/** Where other threads can read how much processor time the calling thread has used; undefined on systems other than Linux. */
export function threadTimeFile(): string | undefined {
  try {
    const file = `/proc/${readlinkSync(THREAD)}/schedstat`;
    return readThreadTime(file) === undefined ? undefined : file;
  } catch {
    return undefined;
  }
}

/**
 * The processor time in milliseconds that a thread has used since it started, not counting the time in which it waited for a processor;
 * undefined if it is not known.
 */
export function readThreadTime(file: string): number | undefined {
  try {
    const nanoseconds = Number.parseInt(readFileSync(file, 'utf8'));
    return nanoseconds > 0 ? nanoseconds / 1e6 : undefined;
  } catch {
    return undefined;
  }
}

/** Lets the other threads of this process go first when processors are busy. Only Linux has priorities of threads. */
export function lowerThreadPriority(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that forbids it runs the thread like the others.
  }
}
