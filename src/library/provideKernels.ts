import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { useKernels } from '../engine/kernels.js';
import type { KernelModule, Simd } from '../platform/host.js';
import { MIN_TILE_HEIGHT } from '../platform/tileHeight.js';

/**
 * Provides the kernels to a runtime that does not compile WebAssembly while it runs, such as Cloudflare Workers; call it before anything
 * else. Elsewhere, the library compiles them itself.
 *
 * @param module a `WebAssembly.Module`: `inkling/kernels/simd.wasm`, or `inkling/kernels/fma.wasm`, as the runtime imports it
 * @param simd which of the two it is; results of `fma` differ slightly and are those of Node.js, Chrome, and Deno
 */
export function provideKernels(module: KernelModule, simd: Simd): void {
  checkValues(
    'provideKernels',
    { module, simd },
    { module: kinds.object, simd: kinds.oneOf(['simd', 'fma']) },
  );
  useKernels({ module, simd, tileHeight: MIN_TILE_HEIGHT });
}
