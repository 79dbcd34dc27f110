import type { TensorMemory } from '../../plan/memory.js';
import type { OpOf } from '../../plan/ops.js';
import type { Plan } from '../../plan/plan.js';
import { imageLayout } from '../../plan/tensor.js';
import { shareOf } from '../../plan/weightGradShare.js';
import type { KernelCall } from '../kernel.js';
import { boundsOf, convolution } from './lib/convolution.js';
import { gridOf, pixelIndex } from './lib/indices.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';

/**
 * `output[y, x, o] = bias[o] + Σ input[y · stride - padding + ky · dilation, …, i] · weight[ky, kx, i, o]` over ky, kx and i,
 * within the bounds of `relu`, where the column is computed like the row. The padding lies in the input's halo.
 */
export const conv2d: ReferenceKernel<'conv2d'> = (op, memory) => {
  const output = memory.floats(op.writes.output);
  const to = imageLayout(op.writes.output);
  const pixels = gridOf(to.height, to.width);
  const valueOf = convolution(op, memory);
  const bounded = boundsOf(op);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of pixels) {
        const index = pixelIndex(to, item, y, x);
        for (let o = 0; o < to.channels; o++) output[index + o] = bounded(valueOf(item, y, x, o));
      }
    }
  };
};

/**
 * Each output pixel propagates its gradient to the input pixels that it read, through the weights that it multiplied them by:
 * `inputGrad[y, x, i] = Σ outputGrad[oy, ox, o] · weight[ky, kx, i, o]` over ky, kx and o, where
 * `oy · stride = y + padding - ky · dilation`, and `ox` likewise.
 */
export const conv2dInputGrad: ReferenceKernel<'conv2dInputGrad'> = (op, memory) => {
  const outputGrad = memory.floats(op.reads.outputGrad);
  const transposed = memory.floats(op.reads.transposed);
  const inputGrad = memory.floats(op.writes.inputGrad);
  const from = imageLayout(op.reads.outputGrad);
  const to = imageLayout(op.writes.inputGrad);
  const taps = gridOf(...op.kernel);
  const pixels = gridOf(to.height, to.width);
  const isInside = (oy: number, ox: number) =>
    Number.isInteger(oy) && Number.isInteger(ox) && oy >= 0 && ox >= 0 && oy < from.height && ox < from.width;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of pixels) {
        for (let i = 0; i < to.channels; i++) {
          let sum = 0;
          taps.forEach(([ky, kx], tap) => {
            const oy = (y + op.padding[0] - ky * op.dilation[0]) / op.stride[0];
            const ox = (x + op.padding[1] - kx * op.dilation[1]) / op.stride[1];
            if (!isInside(oy, ox)) return;
            const index = pixelIndex(from, item, oy, ox);
            const reversed = taps.length - 1 - tap;
            for (let o = 0; o < from.channels; o++) {
              sum += outputGrad[index + o] * transposed[(reversed * from.channels + o) * to.channels + i];
            }
          });
          inputGrad[pixelIndex(to, item, y, x) + i] = sum;
        }
      }
    }
  };
};

/** The gradient of `weight[ky, kx, i, o]`: its input times the gradient of its output, summed over the task's images and pixels. */
export const conv2dWeightGrad: ReferenceKernel<'conv2dWeightGrad'> = weightGrad;

/** The same, summed over a group of images; a task computes its range of output channels. */
export const conv2dGroupWeightGrad: ReferenceKernel<'conv2dGroupWeightGrad'> = weightGrad;

function weightGrad(
  {
    reads,
    writes,
    kernel,
    stride,
    padding,
    dilation,
  }: OpOf<'conv2dWeightGrad'> | OpOf<'conv2dGroupWeightGrad'>,
  memory: TensorMemory,
  plan: Plan,
): KernelCall {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const weightPartials = memory.floats(writes.weightPartials);
  const biasPartials = writes.biasPartials && memory.floats(writes.biasPartials);
  const from = imageLayout(reads.input);
  const to = imageLayout(reads.outputGrad);
  const taps = gridOf(...kernel);
  const pixels = gridOf(to.height, to.width);
  const groups = writes.weightPartials.count;
  const stepValue = stepReader(memory, plan);

  return (task, _begin, _end, step) => {
    const { group, firstChannel, lastChannel } = shareOf(task, groups, to.channels);
    const [begin, end] = [group, group + 1].map((each) =>
      Math.floor((stepValue(step, 'count') * each) / groups),
    );
    const sumOver = (term: (item: number, y: number, x: number) => number): number => {
      let sum = 0;
      for (let item = begin; item < end; item++) for (const [y, x] of pixels) sum += term(item, y, x);
      return sum;
    };
    for (let o = firstChannel; o < lastChannel; o++) {
      const gradOf = (item: number, y: number, x: number) => outputGrad[pixelIndex(to, item, y, x) + o];
      taps.forEach(([ky, kx], tap) => {
        const [dy, dx] = [ky * dilation[0] - padding[0], kx * dilation[1] - padding[1]];
        for (let i = 0; i < from.channels; i++) {
          const row = (group * taps.length + tap) * from.channels + i;
          weightPartials[row * to.channels + o] = sumOver(
            (item, y, x) =>
              input[pixelIndex(from, item, y * stride[0] + dy, x * stride[1] + dx) + i] * gradOf(item, y, x),
          );
        }
      });
      if (biasPartials !== undefined) biasPartials[group * to.channels + o] = sumOver(gradOf);
    }
  };
}
