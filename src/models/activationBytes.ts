import { bytesPerImage } from '../plan/arena.js';
import { PlanBuilder } from '../plan/builder.js';
import { recomputeOutputs } from '../plan/recompute.js';
import { allocateNetwork, planNetwork } from './network.js';
import type { ResolvedModel } from './resolved.js';

/**
 * The memory, in bytes, that each image of a batch takes: the outputs of layers and, in training, gradients, as far as they are
 * needed at the same time.
 */
export function activationBytesPerImage(model: ResolvedModel, mode: 'training' | 'evaluation'): number {
  return bytesPerImage((arena, batchSize) => {
    const builder = new PlanBuilder(arena, batchSize);
    const input = builder.perImage('input', model.model.input, { halo: model.inputHalo });
    const { output, backward } = planNetwork(builder, model, allocateNetwork(arena, model), input, { mode });
    if (mode === 'training') backward(builder.perImage('outputGrad', output.shape));
    builder.build(mode, recomputeOutputs);
  });
}
