import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Finding } from './judge.js';
import { ACCEPTED, CURRENT, READ, STATE_SIZE, type WorkerMessage, type WorkerTask } from './protocol.js';

/** An input that takes longer than this counts as a hang, in seconds of processor time, so that other programs do not matter. */
const MAX_SECONDS = 2;
/** An input that waits forever uses no processor time. */
const MAX_WAIT_SECONDS = 60;
/** The memory of the process, of which Node.js itself, the libraries, and the largest image take the most. */
const MAX_MEMORY_BYTES = 2 ** 31;
const CHECK_MS = 100;
/** A target that fails this often is broken. */
const MAX_FINDINGS = 20;

export interface FuzzOptions {
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  /** The first input. */
  readonly from?: number;
  /** At most so many inputs. */
  readonly inputs?: number;
}

export interface FuzzResult {
  readonly target: string;
  readonly seed: number;
  readonly inputs: number;
  readonly accepted: number;
  readonly seconds: number;
  readonly peakMemoryBytes: number;
  readonly findings: readonly Finding[];
}

/** Lets a target read mutated inputs in a worker thread, for some time. */
export async function fuzz({
  target,
  seed,
  seconds,
  from = 0,
  inputs = 2 ** 31 - 1,
}: FuzzOptions): Promise<FuzzResult> {
  const state = new Int32Array(new SharedArrayBuffer(4 * STATE_SIZE));
  const findings: Finding[] = [];
  const to = Math.min(from + inputs, 2 ** 31 - 1);
  let next = from;
  let [spent, peakMemoryBytes] = [0, 0];
  while (next < to && spent < seconds && findings.length < MAX_FINDINGS) {
    const run = await watch({ target, seed, state, from: next, to }, seconds - spent, findings);
    spent += run.seconds;
    peakMemoryBytes = Math.max(peakMemoryBytes, run.peakMemoryBytes);
    next = Atomics.load(state, CURRENT) + 1;
    if (run.isDone) break;
  }
  return {
    target,
    seed,
    inputs: Atomics.load(state, READ),
    accepted: Atomics.load(state, ACCEPTED),
    seconds: spent,
    peakMemoryBytes,
    findings,
  };
}

interface Watched {
  readonly isDone: boolean;
  readonly seconds: number;
  readonly peakMemoryBytes: number;
}

/** Runs a worker until its time is over, or it hangs, exits, or takes too much memory. */
async function watch(task: WorkerTask, seconds: number, findings: Finding[]): Promise<Watched> {
  const worker = new Worker(new URL('worker.js', import.meta.url), { workerData: task });
  const { state } = task;
  let started: number | undefined;
  let isDone = false;
  let failure: string | undefined;
  worker.on('message', (message: WorkerMessage) => {
    if (message.type === 'ready') started = performance.now();
    if (message.type === 'done') isDone = true;
    if (message.type === 'finding') findings.push(message.finding);
  });
  worker.on(
    'error',
    (error) => (failure = error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  worker.on('exit', (code) => (failure ??= isDone ? undefined : `the worker exited with ${code}`));
  const elapsed = () => (started === undefined ? 0 : (performance.now() - started) / 1000);
  let [current, since, cpu, peakMemoryBytes] = [-1, performance.now(), process.cpuUsage(), 0];
  while (!isDone && failure === undefined && elapsed() < seconds && findings.length < MAX_FINDINGS) {
    await setTimeout(CHECK_MS);
    const index = Atomics.load(state, CURRENT);
    peakMemoryBytes = Math.max(peakMemoryBytes, process.memoryUsage.rss());
    if (peakMemoryBytes > MAX_MEMORY_BYTES) {
      findings.push({
        kind: 'memory',
        index,
        detail: `the process has ${Math.round(peakMemoryBytes / 1e6)} MB`,
      });
      break;
    }
    const { user, system } = process.cpuUsage(cpu);
    if (index !== current || started === undefined) {
      [current, since, cpu] = [index, performance.now(), process.cpuUsage()];
    } else if ((user + system) / 1e6 > MAX_SECONDS || performance.now() - since > MAX_WAIT_SECONDS * 1000) {
      findings.push({ kind: 'hang', index, detail: `took longer than ${MAX_SECONDS} s` });
      break;
    }
  }
  const spent = elapsed();
  if (failure !== undefined) {
    if (started === undefined) throw new Error(failure);
    findings.push({ kind: 'untyped error', index: Atomics.load(state, CURRENT), detail: failure });
  }
  await worker.terminate();
  return { isDone, seconds: spent, peakMemoryBytes };
}
