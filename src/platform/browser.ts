/**
 * Stands in for `node.ts` where a bundler builds for browsers: the entry `browser` of package.json says so. It has what an
 * engine on the calling thread needs.
 */
import { InklingError } from '../core/errors.js';
import type { CompiledKernels } from './node.js';

/** Rows of the register tile for V8, which finds registers for two of four vectors. */
const TILE_HEIGHT = 2;

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
  const simd = WebAssembly.validate(fma) ? 'fma' : 'simd';
  const module = await WebAssembly.compile(simd === 'fma' ? fma : await download(SIMD));
  return { module, simd, tileHeight: TILE_HEIGHT };
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
