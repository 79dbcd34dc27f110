import { extentOf, imageOf, paddingOf, pitchesOf, TASK_ITEMS, windowOf } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const maxPool2dBindings: BindingsOf<'maxPool2d'> = {
  maxPool2d: ({ reads, writes, ...window }, kernels) =>
    bindKernel(kernels, 'maxPool2d', {
      ...TASK_ITEMS,
      ...windowOf(window),
      ...paddingOf(window.padding),
      ...pitchesOf('input', reads.input),
      ...extentOf('input', reads.input),
      ...imageOf('output', writes.output),
    }),
};
