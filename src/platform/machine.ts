import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { cpus, freemem, hostname } from 'node:os';
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

/**
 * Identifies the start of a process, in a system-dependent form, to distinguish processes with the same ID. Undefined if there is
 * no such process, or the system does not report the start.
 */
export function processStart(id: number): string | undefined {
  try {
    if (process.platform === 'linux') return linuxProcessStart(id);
    if (process.platform === 'win32') return undefined;
    const lines = execFileSync('ps', ['-o', 'lstart=', '-p', String(id)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return lines.trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a process with this ID is running that can be the recorded one.
 *
 * @param isStart whether the recorded process started when this one did; not called if the system does not report the start
 */
export function mayBeRunning(id: number, isStart: (start: string) => boolean): boolean {
  if (!isProcessRunning(id)) return false;
  const start = processStart(id);
  return start === undefined || isStart(start);
}

/** Identifies, in a system-dependent form, the machine or container within which an ID refers to the same process. */
export function processNamespace(): string {
  try {
    return `${bootId()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** The ID of the system boot, and the start of the process in clock ticks since then. */
function linuxProcessStart(id: number): string {
  const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
  // The 22nd field. The second one is the program's name in parentheses, which may contain spaces and parentheses.
  return `${bootId()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
}

/** The peak resident memory of this process, in MB. */
export function peakMemoryMB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** The memory in bytes that processes can still use on this machine, or in this container. */
export function freeMemoryBytes(): number {
  const limit = process.constrainedMemory();
  // Systems without a limit report 0, or more than any machine has.
  return limit > 0 ? Math.min(freemem(), limit) : freemem();
}
