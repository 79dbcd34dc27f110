/**
 * Replaces `node.ts` in bundles for browsers, as the `browser` field of package.json specifies. It contains only what an engine
 * on the calling thread needs.
 */
import { InklingError } from '../core/errors.js';
import type { CompiledKernels } from './node.js';

/** The number of rows of the register tile: V8 can hold two rows of four vectors in registers. */
const TILE_HEIGHT = 2;

/** Complete `new URL` expressions, so that bundlers find the files. */
const FMA = new URL('../kernels/wasm/fma.wasm', import.meta.url);
const SIMD = new URL('../kernels/wasm/simd.wasm', import.meta.url);

/** A page has no limit of this kind. */
export function addressSpaceLimit(): number | undefined {
  return undefined;
}

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

async function download(url: URL): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new InklingError(
      `kernels: expected a WebAssembly file from ${url.href}, got HTTP ${response.status}; reload the page`,
    );
  }
  return response.arrayBuffer();
}
