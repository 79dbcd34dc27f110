import type { ScaleChannelsOp } from '../../../../plan/ops/scaleChannels.js';
import { imageOf, pitchesOf, pixelOf, TASK_ITEMS } from '../../arguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const scaleChannelsTrainingBindings: BindingsOf<Exclude<ScaleChannelsOp['op'], 'scaleChannels'>> = {
  scaleChannelsGrad: ({ reads, writes }, kernels) =>
    bindKernel(kernels, 'scaleChannelsGrad', {
      ...TASK_ITEMS,
      ...imageOf('input', reads.input),
      ...pitchesOf('outputGrad', reads.outputGrad),
      ...pixelOf('factorsGrad', writes.factorsGrad),
    }),
};
