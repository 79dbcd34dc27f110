import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { parseConfig } from '#inkling/train/config.js';

/** A run that never ends, with many events. */
export const RUN = 'soak-1';

/** Writes the records of a run that is training. */
export function writeRun(runDir: string): void {
  const folder = join(runDir, RUN);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), JSON.stringify(parseConfig({ runDir })));
  logProgress(runDir, 5000, true);
}

/** Adds events to the run, as if it was training. */
export function logProgress(runDir: string, count: number, isFirst = false): void {
  const progress = {
    type: 'progress',
    epoch: 1,
    epochs: 5,
    step: 10,
    steps: 900,
    trainLoss: 1.25,
    imagesPerSecond: 4321,
    secondsLeft: 75,
  };
  const lines = [...(isFirst ? [{ type: 'started' }] : []), ...Array<object>(count).fill(progress)];
  appendFileSync(
    join(runDir, RUN, 'events.jsonl'),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
}

export interface RunningProcess {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts the server as a user does, and waits until it is ready and has loaded the data set of the good clients. */
export async function startServer(root: string, runDir: string): Promise<RunningProcess> {
  const command = [join(root, 'dist', 'cli', 'main.js'), 'serve', '--port', '0', '--run-dir', runDir];
  const server = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const url = /http:\S+(?=;)/.exec(line.toString())?.[0] ?? '';
  await fetch(`${url}/api/data/digits`);
  return {
    url,
    pid: server.pid ?? 0,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}

/** Runs clients in a process of their own. Bad ones have a low priority: they would take the processors from the good ones. */
export async function runClients(
  script: string,
  kind: 'good' | 'bad',
  url: string,
  seconds: number,
): Promise<unknown> {
  const clients = spawn(process.execPath, [script, kind, url, RUN, String(seconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (kind === 'bad' && clients.pid !== undefined) setPriority(clients.pid, constants.priority.PRIORITY_LOW);
  return JSON.parse(await text(clients.stdout)) as unknown;
}

/** Samples the resident memory of a process in megabytes until the signal aborts; only on Linux. */
export async function sampleMemory(pid: number, intervalMs: number, signal: AbortSignal): Promise<number[]> {
  const samples: number[] = [];
  while (!signal.aborted && process.platform === 'linux') {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    samples.push(Number(kilobytes) / 1000);
    await setTimeout(intervalMs, undefined, { signal }).catch(() => undefined);
  }
  return samples;
}
