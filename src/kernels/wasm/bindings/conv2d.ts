import type { Tensor } from '../../../plan/tensor.js';
import { type WinogradBlock, winogradBlock } from '../../../plan/winograd.js';
import type { KernelCall } from '../../kernel.js';
import {
  image,
  sizesOf,
  windowOf,
  paddedOf,
  slot,
  byElements,
  FLOAT,
  LANES,
  ZEROS,
  type BindingsOf,
} from './arguments.js';

/** Convolutions, by windows or by Winograd's algorithm. */
export const conv2dBindings: BindingsOf<
  'winogradWeight' | 'conv2d' | 'conv2dInputGrad' | 'conv2dWeightGrad' | 'conv2dNormReluPool2d'
> = {
  winogradWeight({ reads: { weight }, writes: { transformed } }, kernels) {
    const [inputs, outputs] = weight.shape.slice(-2);
    const matrix = inputs * outputs;
    return byElements(matrix / LANES, (begin, end) => {
      kernels.winogradWeight(begin, end, weight.offset, matrix * FLOAT, transformed.offset);
    });
  },

  conv2d({ reads, writes, ...shape }, kernels, { scratch }) {
    const { input, weight, bias, transformed } = reads;
    const output = sizesOf(writes.output);
    if (transformed !== undefined) {
      const weights = [transformed.offset, bias?.offset ?? ZEROS];
      const tables = [...paddedOf(input, shape.padding), ...weights, ...output];
      return byWinograd(kernels.winogradConv2d, tables, winogradBlock(input, writes.output), scratch);
    }
    const window = windowOf(input, shape);
    return (_task, begin, end) => {
      kernels.conv2d(begin, end, ...window, weight.offset, bias?.offset ?? ZEROS, ...output);
    };
  },

  conv2dInputGrad({ reads, writes, kernel, stride, padding }, kernels, { scratch }) {
    const { outputGrad, transposed, transformed } = reads;
    const from = image(outputGrad);
    const output = sizesOf(writes.inputGrad);
    if (stride[0] !== 1 || stride[1] !== 1) {
      const tables = [...sizesOf(outputGrad), ...kernel, ...stride, ...padding, transposed.offset, ...output];
      return (_task, begin, end) => {
        kernels.conv2dInputGradStrided(begin, end, ...tables);
      };
    }
    const [above, before] = [kernel[0] - 1 - padding[0], kernel[1] - 1 - padding[1]];
    const start = from.origin - above * from.row - before * from.pixel;
    if (transformed !== undefined) {
      const tables = [start, from.item, from.row, from.channels, transformed.offset, ZEROS, ...output];
      return byWinograd(kernels.winogradConv2d, tables, winogradBlock(outputGrad, writes.inputGrad), scratch);
    }
    const sizes = [start, from.item, from.row, from.height, from.width, from.channels] as const;
    return (_task, begin, end) => {
      kernels.conv2dInputGrad(begin, end, ...sizes, ...kernel, above, before, transposed.offset, ...output);
    };
  },

  conv2dWeightGrad({ reads, writes, winograd, ...shape }, kernels, { scratch }) {
    const { input, outputGrad } = reads;
    const { weightPartials, biasPartials } = writes;
    const grad = sizesOf(outputGrad);
    const partials = (task: number) =>
      [slot(weightPartials, task), biasPartials ? slot(biasPartials, task) : ZEROS] as const;
    if (winograd) {
      const { rows, inputPlane, outputPlane } = winogradBlock(input, outputGrad);
      const tables = [...paddedOf(input, shape.padding), ...grad] as const;
      const block = [rows, inputPlane, outputPlane] as const;
      return (task, begin, end, _step, worker) => {
        const place = slot(scratch, worker);
        kernels.winogradConv2dWeightGrad(begin, end, ...tables, ...partials(task), ...block, place);
      };
    }
    const window = windowOf(input, shape);
    return (task, begin, end) => {
      kernels.conv2dWeightGrad(begin, end, ...window, ...grad, ...partials(task));
    };
  },

  conv2dNormReluPool2d({ reads, writes: { output }, padding }, kernels, { scratch }) {
    const { input, transformed, bias, scale, shift } = reads;
    const weights = [transformed.offset, bias?.offset ?? ZEROS, scale.offset, shift.offset];
    const tables = [...paddedOf(input, padding), ...weights, ...sizesOf(output)];
    return byWinograd(kernels.winogradNormReluPool2d, tables, winogradBlock(input, output, true), scratch);
  },
};

/** Calls a kernel of Winograd's algorithm that writes images, with the worker's own scratch memory. */
function byWinograd(
  kernel: (...parameters: number[]) => void,
  tables: readonly number[],
  { rows, inputPlane, outputPlane }: WinogradBlock,
  scratch: Tensor,
): KernelCall {
  return (_task, begin, end, _step, worker) => {
    kernel(begin, end, ...tables, rows, inputPlane, outputPlane, slot(scratch, worker));
  };
}
