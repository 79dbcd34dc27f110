import type { Pair } from '../../../core/shape.js';
import type { Bounded } from '../../../plan/opShape.js';
import type { Plan } from '../../../plan/plan.js';
import type { Tensor } from '../../../plan/tensor.js';
import type { KernelCall } from '../../kernel.js';
import {
  addressesOf,
  boundsOf,
  imageOf,
  paddedPitchesOf,
  paddingOf,
  scratchOf,
  sizesOf,
  TASK_ITEMS,
  windowOf,
  winogradBlockOf,
} from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';
import type { KernelExports } from '../instantiate.js';
import { groupedConv2dBindings } from './groupedConv2d.js';

/** Convolutions, as defined or by Winograd's algorithm. */
export const conv2dBindings: BindingsOf<'conv2d'> = {
  conv2d(op, kernels, plan) {
    const { reads, writes, padding, dilation, relu, ...window } = op;
    const { input, weight, bias, transformed } = reads;
    const { output } = writes;
    if (dilation.some((distance) => distance > 1)) {
      return groupedConv2dBindings.groupedConv2d({ ...op, op: 'groupedConv2d', groups: 1 }, kernels, plan);
    }
    if (transformed !== undefined) {
      return bindWinograd(kernels, { input, transformed, bias, output, padding, relu }, plan);
    }
    return bindKernel(kernels, 'conv2d', {
      ...TASK_ITEMS,
      ...paddedPitchesOf('input', input, padding),
      ...sizesOf('input', input),
      ...windowOf(window),
      ...paddingOf(padding),
      ...addressesOf({ weight, bias }),
      ...boundsOf({ relu }),
      ...imageOf('output', output),
    });
  },
};

interface WinogradConvolution extends Bounded {
  readonly input: Tensor;
  readonly transformed: Tensor;
  readonly bias: Tensor | undefined;
  readonly output: Tensor;
  readonly padding: Pair;
}

/** Binds a convolution, or the gradient of its input, by Winograd's algorithm. */
export function bindWinograd(
  kernels: KernelExports,
  { input, transformed, bias, output, padding, ...bounds }: WinogradConvolution,
  plan: Plan,
): KernelCall {
  return bindKernel(kernels, 'winogradConv2d', {
    ...TASK_ITEMS,
    ...paddedPitchesOf('input', input, padding),
    inputChannels: input.shape[2],
    ...addressesOf({ transformed, bias }),
    ...boundsOf(bounds),
    ...imageOf('output', output),
    ...winogradBlockOf(transformed, input, output),
    scratch: scratchOf(plan),
  });
}
