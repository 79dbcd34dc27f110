import type { Pair } from '../../../core/shape.js';
import type { Tensor } from '../../../plan/tensor.js';
import { image, type BindingsOf } from './arguments.js';

/** Pooling. */
export const poolingBindings: BindingsOf<'maxPool2d' | 'maxPool2dGrad' | 'avgPool2d' | 'avgPool2dGrad'> = {
  maxPool2d({ reads, writes, kernel, stride }, kernels) {
    const to = image(writes.output);
    const input = windowsOf(reads.input, stride);
    const output = [to.origin, to.item, to.row, to.height, to.width] as const;
    return (_task, begin, end) => {
      kernels.maxPool2d(begin, end, ...input, ...kernel, ...output);
    };
  },

  maxPool2dGrad({ reads, writes, kernel, stride }, kernels) {
    const grad = image(reads.outputGrad);
    const to = image(writes.inputGrad);
    const input = windowsOf(reads.input, stride);
    const output = [grad.origin, grad.item, grad.row, grad.height, grad.width] as const;
    const inputGrad = [
      to.origin,
      to.item,
      to.row,
      stride[0] * to.row,
      to.height,
      to.width * to.pixel,
    ] as const;
    return (_task, begin, end) => {
      kernels.maxPool2dGrad(begin, end, ...input, ...kernel, ...output, ...inputGrad);
    };
  },

  avgPool2d({ reads, writes, kernel, stride }, kernels) {
    const from = image(reads.input);
    const to = image(writes.output);
    const steps = [from.pixel, stride[0] * from.row, stride[1] * from.pixel, ...kernel] as const;
    const output = [to.origin, to.item, to.row, to.height, to.width] as const;
    return (_task, begin, end) => {
      kernels.avgPool2d(begin, end, from.origin, from.item, from.row, ...steps, ...output);
    };
  },

  avgPool2dGrad({ reads, writes, kernel, stride }, kernels) {
    const from = image(reads.outputGrad);
    const to = image(writes.inputGrad);
    const output = [from.origin, from.item, from.row, from.height, from.width] as const;
    const steps = [to.pixel, stride[0] * to.row, stride[1] * to.pixel, ...kernel] as const;
    const rows = [to.height, to.width * to.pixel] as const;
    return (_task, begin, end) => {
      kernels.avgPool2dGrad(begin, end, ...output, to.origin, to.item, to.row, ...steps, ...rows);
    };
  },
};

/** How the windows of a maximum step over their input. */
function windowsOf(input: Tensor, stride: Pair) {
  const { origin, item, row, pixel } = image(input);
  return [origin, item, row, pixel, stride[0] * row, stride[1] * pixel] as const;
}
