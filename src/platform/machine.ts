import { cpus } from 'node:os';
import { codeOf } from './files.js';

/** Where a run ran, for its record. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
}

export function describeMachine(): Machine {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus().at(0)?.model.trim() ?? 'unknown',
  };
}

/** The number that the system knows this process by. */
export function ownProcess(): number {
  return process.pid;
}

/** Whether a process of this number runs, be it another user's. */
export function isRunning(processNumber: number): boolean {
  try {
    // Signal 0 is not sent, only tried.
    process.kill(processNumber, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The largest resident memory the process had so far, in MB. */
export function peakMemoryMB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
