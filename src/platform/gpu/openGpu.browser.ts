/** Replaces `openGpu.ts` in bundles for browsers. */
import { MachineError } from '../../core/errors.js';
import type { GpuAccess } from './openGpu.js';
import { USE_CPU } from './useCpu.js';

/**
 * WebGPU of the browser.
 *
 * @throws {MachineError} when the browser, or this page, does not have it
 */
export function openGpu(): Promise<GpuAccess> {
  const { gpu } = navigator as { readonly gpu?: GpuAccess };
  if (gpu !== undefined) return Promise.resolve(gpu);
  const problem = isSecureContext
    ? 'this browser has no WebGPU; use a recent version of Chrome, Edge, Firefox, or Safari'
    : 'browsers have WebGPU only in pages that are loaded over HTTPS or from localhost; load this page so';
  return Promise.reject(new MachineError(`GPU: ${problem}, or ${USE_CPU}`));
}
