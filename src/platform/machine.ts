import { cpus } from 'node:os';
import { codeOf } from './fileErrors.js';

/** The machine a run was executed on, for its record. */
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

/** The ID of this process. */
export function processId(): number {
  return process.pid;
}

/** Whether a process with this ID is running, including those of other users. */
export function isProcessRunning(id: number): boolean {
  try {
    // Signal 0 only checks whether the process exists.
    process.kill(id, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The peak resident memory of this process, in MB. */
export function peakMemoryMB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
