/** Replaces `host.ts` in bundles for browsers, and for other runtimes without the modules of Node.js. */
import { InklingError } from '../core/errors.js';
import { inflateBase64 } from './inflate.browser.js';
import type { CompiledKernels, WorkerEvents, WorkerHandle, WorkerProgram } from './host.js';
import { MIN_TILE_HEIGHT } from './tileHeight.js';
import { startScript } from './workerScript.browser.js';

/** A module with an instruction of relaxed SIMD (`f32x4.relaxed_madd`), which hosts without it reject. */
const RELAXED_SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 123, 1, 123, 3, 2, 1, 0],
  ...[10, 13, 1, 11, 0, 32, 0, 32, 0, 32, 0, 253, 133, 2, 11],
);

/** The number of threads that this page may use. */
export function hardwareThreads(): number {
  return threadsUnavailable() === undefined ? navigator.hardwareConcurrency : 1;
}

/** Why several threads cannot share memory; undefined if they can. */
export function threadsUnavailable(): string | undefined {
  if (typeof Worker === 'undefined') return 'this runtime cannot start workers';
  // WebKitGTK can lack it on a page that calls itself isolated.
  if (typeof SharedArrayBuffer !== 'undefined') return undefined;
  return 'the page is not cross-origin isolated (see the headers Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy)';
}

/** A page has no limit of this kind. */
export function addressSpaceLimit(): number | undefined {
  return undefined;
}

/**
 * Compiles the fastest build of the kernels that this browser can run.
 *
 * @throws {InklingError} when the browser lacks SIMD in WebAssembly
 */
export async function compileKernels(): Promise<CompiledKernels> {
  const simd = WebAssembly.validate(RELAXED_SIMD) ? 'fma' : 'simd';
  const { default: text } = await (simd === 'fma'
    ? import('inkling:kernels/fma')
    : import('inkling:kernels/simd'));
  const bytes = await inflateBase64(text);
  if (!WebAssembly.validate(bytes)) {
    throw new InklingError(
      'kernels: expected a browser with SIMD and threads in WebAssembly, got one without; use Chrome 91, Firefox 89, Safari 16.4, or later',
    );
  }
  return { module: await WebAssembly.compile(bytes), simd, tileHeight: MIN_TILE_HEIGHT };
}

/** Starts a program of the worker script in a worker thread, which runs until it is terminated. */
export function startWorker(program: WorkerProgram, data: unknown, events: WorkerEvents): WorkerHandle {
  return startScript(String(program), data, events);
}

/** Only scripts for Node.js call this: the worker script starts its programs itself. */
export function connectToParent(): void {
  throw new Error('this module only runs in a worker thread of Node.js');
}
