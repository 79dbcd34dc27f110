import type { Tensor } from '../../../plan/tensor.js';
import { image, sizesOf, windowOf, slot, ZEROS, type BindingsOf } from './arguments.js';

/** Convolutions of groups of channels. */
export const groupedConv2dBindings: BindingsOf<
  'groupedConv2d' | 'groupedConv2dInputGrad' | 'groupedConv2dWeightGrad'
> = {
  groupedConv2d({ reads: { input, weight, bias }, writes: { output }, groups, ...shape }, kernels) {
    const [start, item, row] = windowOf(input, shape);
    const window = [...shape.kernel, ...shape.stride] as const;
    const weights = [weight.offset, bias?.offset ?? ZEROS] as const;
    const to = sizesOf(output);
    if (isDepthwise(groups, input, output)) {
      return (_task, begin, end) => {
        kernels.depthwiseConv2d(begin, end, start, item, row, ...window, ...weights, ...to);
      };
    }
    const channels = input.shape[2];
    return (_task, begin, end) => {
      kernels.groupedConv2d(begin, end, start, item, row, channels, ...window, groups, ...weights, ...to);
    };
  },

  groupedConv2dInputGrad({ reads, writes: { inputGrad }, groups, ...shape }, kernels) {
    const { outputGrad, transposed } = reads;
    const { origin, item, row, height, width, channels } = image(outputGrad);
    const from = [origin, item, row, height, width] as const;
    const window = [...shape.kernel, ...shape.stride, ...shape.padding] as const;
    const to = sizesOf(inputGrad);
    if (isDepthwise(groups, inputGrad, outputGrad)) {
      return (_task, begin, end) => {
        kernels.depthwiseConv2dInputGrad(begin, end, ...from, ...window, transposed.offset, ...to);
      };
    }
    return (_task, begin, end) => {
      const weights = [groups, transposed.offset] as const;
      kernels.groupedConv2dInputGrad(begin, end, ...from, channels, ...window, ...weights, ...to);
    };
  },

  groupedConv2dWeightGrad({ reads: { input, outputGrad }, writes, groups, ...shape }, kernels) {
    const [start, item, row] = windowOf(input, shape);
    const window = [...shape.kernel, ...shape.stride] as const;
    const grads = sizesOf(outputGrad);
    const partials = (task: number) =>
      [
        slot(writes.weightPartials, task),
        writes.biasPartials ? slot(writes.biasPartials, task) : ZEROS,
      ] as const;
    if (isDepthwise(groups, input, outputGrad)) {
      return (task, begin, end) => {
        const from = [start, item, row] as const;
        kernels.depthwiseConv2dWeightGrad(begin, end, ...from, ...window, ...grads, ...partials(task));
      };
    }
    const from = [start, item, row, input.shape[2]] as const;
    return (task, begin, end) => {
      kernels.groupedConv2dWeightGrad(begin, end, ...from, ...window, groups, ...grads, ...partials(task));
    };
  },
};

/** Whether each channel is a group of its own, on both sides. */
function isDepthwise(groups: number, input: Tensor, output: Tensor): boolean {
  return groups === input.shape[2] && groups === output.shape[2];
}
