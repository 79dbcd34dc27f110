import type { Pair } from '../../../../core/shape.js';
import type { OpOf } from '../../../../plan/ops.js';
import type { Conv2dOp } from '../../../../plan/ops/conv2d.js';
import { type Plan, TASKS } from '../../../../plan/plan.js';
import { shareOf } from '../../../../plan/weightGradShare.js';
import type { KernelCall } from '../../../kernel.js';
import {
  addressesOf,
  dilatedWindowOf,
  imageOf,
  paddedPitchesOf,
  paddingOf,
  scratchOf,
  sizesOf,
  TASK_ITEMS,
  ZEROS,
} from '../../arguments.js';
import { perTask, stepOf, winogradWeightGradBlockOf } from '../../trainingArguments.js';
import { type ArgumentPerCall, bindKernel, type BindingsOf } from '../../bindKernel.js';
import type { KernelExports } from '../../instantiate.js';
import { bindWinograd } from '../conv2d.js';

/** Gradients of convolutions, as defined or by Winograd's algorithm. */
export const conv2dTrainingBindings: BindingsOf<Exclude<Conv2dOp['op'], 'conv2d'>> = {
  conv2dInputGrad({ reads, writes: { inputGrad }, ...window }, kernels, plan) {
    const { outputGrad, transposed, transformed } = reads;
    const { kernel, stride, dilation } = window;
    if ([...stride, ...dilation].some((step) => step > 1)) {
      return bindKernel(kernels, 'conv2dInputGradStrided', {
        ...TASK_ITEMS,
        ...imageOf('outputGrad', outputGrad),
        ...dilatedWindowOf(window),
        ...paddingOf(window.padding),
        ...addressesOf({ transposed }),
        ...imageOf('inputGrad', inputGrad),
      });
    }
    const padding: Pair = [kernel[0] - 1 - window.padding[0], kernel[1] - 1 - window.padding[1]];
    if (transformed !== undefined) {
      const convolution = { input: outputGrad, transformed, bias: undefined, output: inputGrad, padding };
      return bindWinograd(kernels, convolution, plan);
    }
    return bindKernel(kernels, 'conv2dInputGrad', {
      ...TASK_ITEMS,
      ...paddedPitchesOf('outputGrad', outputGrad, padding),
      ...sizesOf('outputGrad', outputGrad),
      kernelHeight: kernel[0],
      kernelWidth: kernel[1],
      ...paddingOf(padding),
      ...addressesOf({ transposed }),
      ...imageOf('inputGrad', inputGrad),
    });
  },

  conv2dWeightGrad: bindWeightGrad,
  conv2dGroupWeightGrad: bindWeightGrad,
};

type WeightGrad = OpOf<'conv2dWeightGrad'> | OpOf<'conv2dGroupWeightGrad'>;

function bindWeightGrad(
  { reads: { input, outputGrad }, writes, tileSize, padding, ...window }: WeightGrad,
  kernels: KernelExports,
  plan: Plan,
): KernelCall {
  const { weightPartials, biasPartials } = writes;
  const groups = weightPartials.count;
  const shares = Array.from({ length: TASKS }, (_, task) => shareOf(task, groups, outputGrad.shape[2]));
  const shared = {
    ...stepOf(plan),
    groups,
    group: ((task) => shares[task].group) satisfies ArgumentPerCall,
    firstChannel: ((task) => shares[task].firstChannel) satisfies ArgumentPerCall,
    lastChannel: ((task) => shares[task].lastChannel) satisfies ArgumentPerCall,
    ...paddedPitchesOf('input', input, padding),
    ...imageOf('outputGrad', outputGrad),
    weightPartial: perTask(weightPartials),
    biasPartial: biasPartials === undefined ? ZEROS : perTask(biasPartials),
  };
  if (tileSize !== undefined) {
    return bindKernel(kernels, 'winogradConv2dWeightGrad', {
      ...shared,
      inputChannels: input.shape[2],
      ...winogradWeightGradBlockOf(input, outputGrad, tileSize, groups),
      scratch: scratchOf(plan),
    });
  }
  return bindKernel(kernels, 'conv2dWeightGrad', {
    ...shared,
    ...sizesOf('input', input),
    ...dilatedWindowOf(window),
    ...paddingOf(padding),
  });
}
