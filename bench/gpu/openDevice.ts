import { GpuDevice } from '#inkling/engine/webgpu/gpuDevice.js';
import { GpuEngine } from '#inkling/engine/webgpu/gpuEngine.js';
import { openGpu } from '#inkling/platform/gpu/openGpu.js';

/** The GPU, by the package webgpu, which must be installed for it: `npm install --no-save webgpu`. */
export async function openDevice(): Promise<GpuDevice> {
  return GpuDevice.open(await openGpu());
}

export async function startOnGpu(memoryBytes: number): Promise<GpuEngine> {
  return GpuEngine.start(await openDevice(), memoryBytes);
}
