import { readdirSync, readFileSync } from 'node:fs';

/** The sum of the largest resident memory of all processes that this one started, directly or indirectly; only on Linux. */
export function peakMegabytesOfChildren() {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(describe);
  const started = new Set([process.pid]);
  let kilobytes = 0;
  // A process has a larger number than the one that started it, unless numbers have wrapped around.
  for (const { pid, parent, peak } of processes.toSorted((a, b) => a.pid - b.pid)) {
    if (!started.has(parent)) continue;
    started.add(pid);
    kilobytes += peak;
  }
  return kilobytes / 1024;
}

function describe(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const numberOf = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ pid: Number(pid), parent: numberOf('PPid'), peak: numberOf('VmHWM') }];
  } catch {
    // It has ended.
    return [];
  }
}
