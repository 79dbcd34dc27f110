import type { GroupedConv2dOp } from '../../../../plan/ops/groupedConv2d.js';
import {
  addressesOf,
  dilatedWindowOf,
  imageOf,
  paddedPitchesOf,
  paddingOf,
  TASK_ITEMS,
  ZEROS,
} from '../../arguments.js';
import { perTask } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const groupedConv2dTrainingBindings: BindingsOf<Exclude<GroupedConv2dOp['op'], 'groupedConv2d'>> = {
  groupedConv2dInputGrad: ({ reads, writes: { inputGrad }, groups, ...window }, kernels) =>
    bindKernel(kernels, 'groupedConv2dInputGrad', {
      ...TASK_ITEMS,
      ...imageOf('outputGrad', reads.outputGrad),
      ...dilatedWindowOf(window),
      ...paddingOf(window.padding),
      groups,
      ...addressesOf({ transposed: reads.transposed }),
      ...imageOf('inputGrad', inputGrad),
    }),

  groupedConv2dWeightGrad({ reads: { input, outputGrad }, writes, groups, ...window }, kernels) {
    const { weightPartials, biasPartials } = writes;
    return bindKernel(kernels, 'groupedConv2dWeightGrad', {
      ...TASK_ITEMS,
      ...paddedPitchesOf('input', input, window.padding),
      inputChannels: input.shape[2],
      ...dilatedWindowOf(window),
      groups,
      ...imageOf('outputGrad', outputGrad),
      weightPartial: perTask(weightPartials),
      biasPartial: biasPartials === undefined ? ZEROS : perTask(biasPartials),
    });
  },
};
