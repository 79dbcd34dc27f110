import { useKernels } from '../engine/kernels.js';
import type { Simd } from '../platform/host.js';

/** The number of rows of the register tile, which does not affect results: what V8 can hold in the registers of any processor. */
const TILE_HEIGHT = 2;

/**
 * Provides the kernels to a runtime that does not compile WebAssembly while it runs, such as Cloudflare Workers; call it before anything
 * else. Elsewhere, the library compiles them itself.
 *
 * @param module `inkling/kernels/simd.wasm`, or `inkling/kernels/fma.wasm`, as the runtime imports it
 * @param simd which of the two it is; results of `fma` differ slightly and are those of Node.js, Chrome, and Deno
 */
export function provideKernels(module: WebAssembly.Module, simd: Simd): void {
  useKernels({ module, simd, tileHeight: TILE_HEIGHT });
}
