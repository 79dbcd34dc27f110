import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** Which of the two builds of the kernels runs: with fused multiply-add, or plain SIMD. */
export type Simd = 'fma' | 'simd';

export interface CompiledKernels {
  readonly module: WebAssembly.Module;
  readonly simd: Simd;
  /** Rows of the register tile that suit what the host makes of the module. */
  readonly tileHeight: number;
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
  const tileHeight = prepareCompiler(Number.parseInt(process.versions.node), process.arch);
  const fma = await readKernels('fma');
  const simd = WebAssembly.validate(fma) ? 'fma' : 'simd';
  const module = await WebAssembly.compile(simd === 'fma' ? fma : await readKernels('simd'));
  return { module, simd, tileHeight };
}

/**
 * Sets the flags that help V8, which count for modules compiled from then on and are set by version, since V8 complains of
 * one it does not know.
 *
 * @returns the height of the register tile, in rows, for what the compiler will do
 */
function prepareCompiler(nodeMajor: number, architecture: string): number {
  // Node 20 has relaxed SIMD behind a flag.
  if (nodeMajor === 20) setFlagsFromString('--experimental-wasm-relaxed-simd');
  // From Node 24 on, V8 joins pairs of 128-bit operations to one of 256 bits, if it is asked to.
  if (architecture === 'x64' && nodeMajor >= 24 && nodeMajor <= 26) {
    setFlagsFromString('--experimental-wasm-revectorize');
    return 6;
  }
  // ARM has twice as many vector registers as x86.
  return architecture === 'arm64' ? 4 : 2;
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
