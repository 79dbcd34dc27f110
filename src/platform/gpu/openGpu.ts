import { MachineError, messageOf } from '../../core/errors.js';
import { codeOf } from '../fileErrors.js';
import { USE_CPU } from './useCpu.js';

/** Where the adapters of WebGPU come from. */
export type GpuAccess = Pick<GPU, 'requestAdapter'>;

/** Kept, since its devices do not outlive it. */
let access: GpuAccess | undefined;

/**
 * WebGPU as the optional package webgpu implements it, which contains its binaries.
 *
 * @throws {MachineError} when the package is not installed, or does not run here
 */
export async function openGpu(): Promise<GpuAccess> {
  try {
    const { create } = await import('webgpu');
    return (access ??= create([]));
  } catch (error) {
    throw new MachineError(
      codeOf(error) === 'ERR_MODULE_NOT_FOUND'
        ? `GPU: training on a GPU in Node.js needs the package webgpu, which is optional and not installed; run "npm install webgpu" (130 MB), or ${USE_CPU}`
        : `GPU: the package webgpu does not run here: ${messageOf(error)}; reinstall it, or ${USE_CPU}`,
      { cause: error },
    );
  }
}
