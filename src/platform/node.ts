import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** Which of the two builds of the kernels runs: with fused multiply-add, or plain SIMD. */
export type Simd = 'fma' | 'simd';

export interface CompiledKernels {
  readonly module: WebAssembly.Module;
  readonly simd: Simd;
}

/** Another thread, as the thread that started it sees it. */
export interface WorkerHandle {
  post(message: unknown): void;
  terminate(): Promise<void>;
}

export interface WorkerEvents {
  readonly onMessage: (message: unknown) => void;
  /** The worker threw, ended by itself or could not be started. */
  readonly onFailure: (reason: string) => void;
}

/** How many threads this machine runs at a time. */
export function hardwareThreads(): number {
  return availableParallelism();
}

/** Compiles the fastest build of the kernels that this host can run. */
export async function compileKernels(): Promise<CompiledKernels> {
  // Node 20 has relaxed SIMD behind a flag, which counts for modules compiled after it was set.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  const fma = await readKernels('fma');
  if (WebAssembly.validate(fma)) return { module: await WebAssembly.compile(fma), simd: 'fma' };
  return { module: await WebAssembly.compile(await readKernels('simd')), simd: 'simd' };
}

function readKernels(simd: Simd): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL(`../kernels/wasm/${simd}.wasm`, import.meta.url)).then(
    (bytes) => new Uint8Array(bytes),
  );
}

/** Starts a module in a thread of its own, which lives until it is terminated. */
export function startWorker(module: URL, data: unknown, events: WorkerEvents): WorkerHandle {
  const worker = new Worker(module, {
    workerData: data,
    // Flags of the main script, such as --eval's, are not the worker's.
    execArgv: [],
  });
  let ended = false;
  worker.on('message', events.onMessage);
  worker.on('error', (error) => {
    events.onFailure(error.message);
  });
  worker.on('exit', (code) => {
    if (!ended) events.onFailure(`it ended with code ${String(code)}`);
  });
  return {
    post(message) {
      worker.postMessage(message);
    },
    async terminate() {
      ended = true;
      await worker.terminate();
    },
  };
}

/** In a worker: what it was started with, and how it hears from and speaks to the thread that started it. */
export function connectToParent(onMessage: (message: unknown) => void): {
  readonly data: unknown;
  post(message: unknown): void;
} {
  const port = parentPort;
  if (port === null) throw new Error('this module runs in a worker only');
  port.on('message', onMessage);
  return {
    data: workerData,
    post(message) {
      port.postMessage(message);
    },
  };
}
