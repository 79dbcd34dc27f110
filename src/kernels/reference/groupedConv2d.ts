import { imageLayout } from '../../plan/tensor.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { boundsOf } from './lib/convolution.js';
import { gridOf, pixelIndex } from './lib/indices.js';

/*
 * An output channel o depends on the inputs of its own group only. With `inputs` channels per group, input i of a group is channel
 * `group · inputs + i`, and is multiplied by `weight[ky, kx, i, o]`.
 */

/** Like `conv2d`, over the inputs of the output's group. */
export const groupedConv2d: ReferenceKernel<'groupedConv2d'> = (op, memory) => {
  const input = memory.floats(op.reads.input);
  const weight = memory.floats(op.reads.weight);
  const bias = op.reads.bias && memory.floats(op.reads.bias);
  const output = memory.floats(op.writes.output);
  const from = imageLayout(op.reads.input);
  const to = imageLayout(op.writes.output);
  const [inputs, outputs] = [from.channels / op.groups, to.channels / op.groups];
  const taps = gridOf(...op.kernel);
  const bounded = boundsOf(op);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of gridOf(to.height, to.width)) {
        for (let o = 0; o < to.channels; o++) {
          const first = Math.floor(o / outputs) * inputs;
          let sum = bias?.[o] ?? 0;
          taps.forEach(([ky, kx], tap) => {
            const row = y * op.stride[0] - op.padding[0] + ky * op.dilation[0];
            const column = x * op.stride[1] - op.padding[1] + kx * op.dilation[1];
            const index = pixelIndex(from, item, row, column) + first;
            for (let i = 0; i < inputs; i++)
              sum += input[index + i] * weight[(tap * inputs + i) * to.channels + o];
          });
          output[pixelIndex(to, item, y, x) + o] = bounded(sum);
        }
      }
    }
  };
};

/** Each output pixel propagates its gradient to its group's inputs, through the weights that it multiplied them by. */
export const groupedConv2dInputGrad: ReferenceKernel<'groupedConv2dInputGrad'> = (op, memory) => {
  const outputGrad = memory.floats(op.reads.outputGrad);
  const transposed = memory.floats(op.reads.transposed);
  const inputGrad = memory.floats(op.writes.inputGrad);
  const from = imageLayout(op.reads.outputGrad);
  const to = imageLayout(op.writes.inputGrad);
  const [inputs, outputs] = [to.channels / op.groups, from.channels / op.groups];
  const taps = gridOf(...op.kernel);
  const isInside = (y: number, x: number) => y >= 0 && x >= 0 && y < to.height && x < to.width;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of gridOf(to.height, to.width)) {
        inputGrad.fill(0, pixelIndex(to, item, y, x), pixelIndex(to, item, y, x) + to.channels);
      }
      for (const [oy, ox] of gridOf(from.height, from.width)) {
        taps.forEach(([ky, kx], tap) => {
          const y = oy * op.stride[0] - op.padding[0] + ky * op.dilation[0];
          const x = ox * op.stride[1] - op.padding[1] + kx * op.dilation[1];
          if (!isInside(y, x)) return;
          const reversed = taps.length - 1 - tap;
          for (let o = 0; o < from.channels; o++) {
            const index = pixelIndex(to, item, y, x) + Math.floor(o / outputs) * inputs;
            const gradient = outputGrad[pixelIndex(from, item, oy, ox) + o];
            for (let i = 0; i < inputs; i++) {
              inputGrad[index + i] += gradient * transposed[(reversed * from.channels + o) * inputs + i];
            }
          }
        });
      }
    }
  };
};

/** The gradient of a weight: its input times the gradient of its output, summed over the task's images and all pixels. */
export const groupedConv2dWeightGrad: ReferenceKernel<'groupedConv2dWeightGrad'> = (op, memory) => {
  const input = memory.floats(op.reads.input);
  const outputGrad = memory.floats(op.reads.outputGrad);
  const weightPartials = memory.floats(op.writes.weightPartials);
  const biasPartials = op.writes.biasPartials && memory.floats(op.writes.biasPartials);
  const from = imageLayout(op.reads.input);
  const to = imageLayout(op.reads.outputGrad);
  const [inputs, outputs] = [from.channels / op.groups, to.channels / op.groups];
  const taps = gridOf(...op.kernel);

  return (task, begin, end) => {
    const weightSums = new Float64Array(taps.length * inputs * to.channels);
    const biasSums = new Float64Array(to.channels);
    for (let item = begin; item < end; item++) {
      for (const [y, x] of gridOf(to.height, to.width)) {
        for (let o = 0; o < to.channels; o++) {
          const gradient = outputGrad[pixelIndex(to, item, y, x) + o];
          biasSums[o] += gradient;
          taps.forEach(([ky, kx], tap) => {
            const row = y * op.stride[0] - op.padding[0] + ky * op.dilation[0];
            const column = x * op.stride[1] - op.padding[1] + kx * op.dilation[1];
            const index = pixelIndex(from, item, row, column) + Math.floor(o / outputs) * inputs;
            for (let i = 0; i < inputs; i++) {
              weightSums[(tap * inputs + i) * to.channels + o] += input[index + i] * gradient;
            }
          });
        }
      }
    }
    weightPartials.set(weightSums, task * weightSums.length);
    biasPartials?.set(biasSums, task * biasSums.length);
  };
};
