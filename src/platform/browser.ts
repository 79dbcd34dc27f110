/**
 * Stands in for `node.ts` where a bundler builds for browsers: the entry `browser` of package.json says so. It has what an
 * engine on the calling thread needs.
 */
import { InklingError } from '../core/errors.js';
import type { CompiledKernels } from './node.js';

/** Whole addresses, so that bundlers find the files. */
const FMA = new URL('../kernels/wasm/fma.wasm', import.meta.url);
const SIMD = new URL('../kernels/wasm/simd.wasm', import.meta.url);

/**
 * Compiles the fastest build of the kernels that this browser can run.
 *
 * @throws {InklingError} when they cannot be loaded
 */
export async function compileKernels(): Promise<CompiledKernels> {
  const fma = await download(FMA);
  if (WebAssembly.validate(fma)) return { module: await WebAssembly.compile(fma), simd: 'fma' };
  return { module: await WebAssembly.compile(await download(SIMD)), simd: 'simd' };
}

async function download(address: URL): Promise<ArrayBuffer> {
  const response = await fetch(address);
  if (!response.ok) {
    throw new InklingError(
      `kernels: ${address.href} answered ${response.status}, expected the WebAssembly file; reload the page`,
    );
  }
  return response.arrayBuffer();
}
