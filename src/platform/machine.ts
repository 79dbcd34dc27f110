import { cpus } from 'node:os';

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

/** The largest resident memory the process had so far, in MB. */
export function peakMemoryMB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
