import { toUnitFloats } from '../core/pixels.js';
import { sizeOf } from '../core/shape.js';
import { Team } from '../engine/team.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { allocateNetwork, fillWeights } from '../models/network.js';
import { predictionPlan } from '../models/plans.js';
import { resolveModel } from '../models/resolve.js';
import { Arena } from '../plan/arena.js';
import { INERT_STEP } from '../plan/steps.js';
import type { View } from './views.js';

/**
 * What a network answers to images on the mean of several views of each.
 *
 * @param images `[count][height, width, channels]`, from 0 to 255
 * @returns probabilities, `[count, classes]`
 * @throws {InklingError} when the weights are not the model's, or a worker fails
 */
export async function averageViews(
  { model, weights }: SavedModel,
  images: Uint8Array,
  views: readonly View[],
  { threads, batchSize }: { readonly threads: number; readonly batchSize: number },
): Promise<Float32Array> {
  const arena = new Arena();
  const resolved = resolveModel(model);
  const network = allocateNetwork(arena, resolved);
  const { plan, pixels, probabilities } = predictionPlan(arena, resolved, network, batchSize);
  const team = await Team.start(threads, arena.bytes);
  try {
    fillWeights(team.tensors, network, weights);
    const [bytes, [classes]] = [sizeOf(model.input), probabilities.shape];
    const total = images.length / bytes;
    const sums = new Float64Array(total * classes);
    for (let first = 0; first < total; first += batchSize) {
      const count = Math.min(batchSize, total - first);
      for (const view of views) {
        const input = team.tensors.floats(pixels);
        for (let place = 0; place < count; place++) {
          const start = (first + place) * bytes;
          input.set(toUnitFloats(view(images.subarray(start, start + bytes))), place * bytes);
        }
        await team.run(plan, [{ ...INERT_STEP, first: 0, count }]);
        const answers = team.tensors.floats(probabilities);
        for (let i = 0; i < count * classes; i++) sums[first * classes + i] += answers[i];
      }
    }
    return Float32Array.from(sums, (sum) => sum / views.length);
  } finally {
    await team.close();
  }
}
