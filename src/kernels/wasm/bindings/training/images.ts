import type { ImagesOp } from '../../../../plan/ops/images.js';
import { itemBytes } from '../../../../plan/tensor.js';
import { addressesOf, pitchesOf, rowsOf, TASK_ITEMS } from '../../arguments.js';
import { stepOf } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const imagesTrainingBindings: BindingsOf<Exclude<ImagesOp['op'], 'padImages'>> = {
  imagesToFloats: ({ reads, writes: { output, targets } }, kernels, plan) =>
    bindKernel(kernels, 'imagesToFloats', {
      ...TASK_ITEMS,
      ...stepOf(plan),
      ...addressesOf(reads),
      imagesItem: itemBytes(reads.images),
      ...pitchesOf('output', output),
      ...rowsOf(output),
      ...addressesOf({ targets }),
    }),
  loadFeatures: ({ reads, writes: { output, targets } }, kernels, plan) =>
    bindKernel(kernels, 'loadFeatures', {
      ...TASK_ITEMS,
      ...stepOf(plan),
      ...addressesOf(reads),
      featuresItem: itemBytes(reads.features),
      ...pitchesOf('output', output),
      ...rowsOf(output),
      ...addressesOf({ targets }),
    }),
};
