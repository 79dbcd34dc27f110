import type { OpTime } from '#inkling/engine/profile.js';
import { resolveModel } from '#inkling/models/resolve.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { compileKernels } from '#inkling/platform/host.js';
import { profileTraining, sketchTraining } from '#inkling/train/profile/profileTraining.js';
import { measureConvolutions } from './convolutions.js';
import { flopsPerImage } from './flops.js';
import { reportCnn } from './networks/models.js';
import { measurePeak } from './peak.js';
import type { KernelRow, Kernels } from './results.js';

const BATCH = 64;

/**
 * Times every operation of the report network's training step in its place in the step, and 3×3 convolutions with more
 * channels, on one thread.
 *
 * @param folder a folder for temporary files
 */
export async function measureKernels(folder: string, steps: number): Promise<Kernels> {
  const model = reportCnn(1);
  const times = await profileTraining(resolveModel(model), sketchTraining(resolveModel(model), BATCH), steps);
  const { simd } = await compileKernels();
  const peakGigaflops = await measurePeak(simd, folder);
  return {
    peakGigaflops,
    batch: BATCH,
    megaflopsPerImage: times.reduce((sum, { op }) => sum + flopsPerImage(op), 0) / 1e6,
    rows: rowsOf(times, peakGigaflops),
    convolutions: await measureConvolutions(BATCH, steps, peakGigaflops),
  };
}

function rowsOf(times: readonly OpTime[], peakGigaflops: number): KernelRow[] {
  const stepSeconds = times.reduce((sum, { seconds }) => sum + seconds, 0);
  return times.map(({ op, seconds }) => {
    const gigaflops = (flopsPerImage(op) * BATCH) / seconds / 1e9;
    return {
      operation: op.op,
      tensor: Object.values<Tensor>(op.writes)[0].name,
      milliseconds: seconds * 1000,
      timeShare: seconds / stepSeconds,
      ...(gigaflops > 0 && { gigaflops, peakShare: gigaflops / peakGigaflops }),
    };
  });
}
