import { findAdapter } from '../../engine/webgpu/gpuDevice.js';
import { openGpu } from '../../platform/gpu/openGpu.js';
import type { Config } from '../config.js';

/**
 * Checks before anything else that there is the device that must train.
 *
 * @throws {MachineError} if it must be a GPU, and there is none
 */
export async function assertDevice({ device }: Pick<Config, 'device'>): Promise<void> {
  if (device === 'gpu') await findAdapter(await openGpu());
}
