import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { startLockedWorker } from './threadLock.js';
import { MIN_TILE_HEIGHT } from './tileHeight.js';
import { threadEnded } from './temporaries.js';

/** The two builds of the kernels: with fused multiply-add (relaxed SIMD), or SIMD only. */
export type Simd = 'fma' | 'simd';

/** A `WebAssembly.Module`: programs for Node.js that do not use the types of browsers lack its type. */
export type KernelModule = object;

export interface CompiledKernels {
  readonly module: KernelModule;
  readonly simd: Simd;
  /** The number of rows of the register tile that the host's registers can hold. */
  readonly tileHeight: number;
}

/** What a worker thread runs: the URL of a module or, in a browser, the name of a program of the worker script. */
export type WorkerProgram = URL | string;

/** A worker thread, from the perspective of the thread that started it. */
export interface WorkerHandle {
  post(message: unknown): void;
  /** Lets the process end while the thread waits for messages. */
  unref(): void;
  terminate(): Promise<void>;
}

/** A worker's program: see `connectToParent`. */
export type StartProgram = (data: unknown, post: (message: unknown) => void) => (message: unknown) => void;

export interface WorkerEvents {
  readonly onMessage: (message: unknown) => void;
  /** Called when the worker throws, exits on its own or cannot be started. */
  readonly onFailure: (reason: string) => void;
}

/** The number of threads that this machine runs in parallel. */
export function hardwareThreads(): number {
  return availableParallelism();
}

/** Why several threads cannot share memory; undefined if they can. */
export function threadsUnavailable(): string | undefined {
  return undefined;
}

/** The limit of this process's address space in bytes (`ulimit -v`); undefined if there is none, or it is unknown. */
export function addressSpaceLimit(): number | undefined {
  try {
    const [, bytes = ''] = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return bytes === '' ? undefined : Number(bytes);
  } catch {
    return undefined;
  }
}

/** Compiles the fastest build of the kernels that this host can run. */
export async function compileKernels(): Promise<CompiledKernels> {
  const tileHeight = configureCompiler(Number.parseInt(process.versions.node), process.arch);
  const fma = await readKernels('fma');
  const simd = WebAssembly.validate(fma) ? 'fma' : 'simd';
  const module = await WebAssembly.compile(simd === 'fma' ? fma : await readKernels('simd'));
  return { module, simd, tileHeight };
}

/**
 * Sets V8 flags that make the kernels faster. They apply to modules compiled afterward, and depend on the version, since V8
 * prints a warning for unknown flags.
 *
 * @returns the number of rows of the register tile that suits the resulting code
 */
function configureCompiler(nodeMajor: number, architecture: string): number {
  // Node.js 20 supports relaxed SIMD only with a flag.
  if (nodeMajor === 20) setFlagsFromString('--experimental-wasm-relaxed-simd');
  // With this flag, V8 in Node.js 24 and later merges pairs of 128-bit operations into 256-bit ones.
  if (architecture === 'x64' && nodeMajor >= 24 && nodeMajor <= 26) {
    setFlagsFromString('--experimental-wasm-revectorize');
    return 6;
  }
  // ARM64 has twice as many vector registers as x86-64.
  return architecture === 'arm64' ? 4 : MIN_TILE_HEIGHT;
}

function readKernels(simd: Simd): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL(`../kernels/wasm/${simd}.wasm`, import.meta.url)).then(
    (bytes) => new Uint8Array(bytes),
  );
}

/**
 * Starts a program in a new worker thread, which runs until it is terminated.
 *
 * @param codeMegabytes the address space to reserve for compiled JavaScript; if the default of V8 is not available, the process ends
 */
export function startWorker(
  program: WorkerProgram,
  data: unknown,
  events: WorkerEvents,
  codeMegabytes?: number,
): WorkerHandle {
  const { worker, terminate } = startLockedWorker(program, {
    workerData: data,
    ...(codeMegabytes === undefined ? {} : { resourceLimits: { codeRangeSizeMb: codeMegabytes } }),
    // Workers do not inherit flags of the main script, such as --eval.
    execArgv: [],
  });
  let isTerminated = false;
  worker.on('message', events.onMessage);
  worker.on('error', (error) => {
    events.onFailure(error.message);
  });
  const { threadId } = worker;
  worker.on('exit', (code) => {
    threadEnded(threadId);
    if (!isTerminated) events.onFailure(`it exited with code ${String(code)}`);
  });
  return {
    post(message) {
      worker.postMessage(message);
    },
    unref() {
      worker.unref();
    },
    terminate() {
      isTerminated = true;
      return terminate();
    },
  };
}

/**
 * In a worker: starts a program.
 *
 * @param start receives the data that the worker was started with and a function that sends messages to the thread that started it;
 *   returns what handles messages from there
 */
export function connectToParent(start: StartProgram): void {
  const port = parentPort;
  if (port === null) throw new Error('this module only runs in a worker thread');
  const handle = start(workerData, (message) => {
    port.postMessage(message);
  });
  port.on('message', handle);
}
