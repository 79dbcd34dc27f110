import { imageOf, pitchesOf, pixelOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const scaleChannelsBindings: BindingsOf<'scaleChannels'> = {
  scaleChannels: ({ reads, writes }, kernels) =>
    bindKernel(kernels, 'scaleChannels', {
      ...TASK_ITEMS,
      ...pitchesOf('input', reads.input),
      ...pixelOf('factors', reads.factors),
      ...imageOf('output', writes.output),
    }),
};
