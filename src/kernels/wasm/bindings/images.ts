import { pitchesOf, rowsOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const imagesBindings: BindingsOf<'padImages'> = {
  padImages: ({ reads, writes }, kernels) =>
    bindKernel(kernels, 'padImages', {
      ...TASK_ITEMS,
      ...pitchesOf('input', reads.input),
      ...pitchesOf('output', writes.output),
      ...rowsOf(writes.output),
    }),
};
