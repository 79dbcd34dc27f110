import type { OpOf } from '../../plan/ops.js';
import { imageLayout } from '../../plan/tensor.js';
import type { ReferenceKernel } from './lib/kernel.js';
import type { TensorMemory } from '../../plan/memory.js';
import { gridOf, pixelIndex } from './lib/indices.js';

/** `output[y, x, c] = max input[y · stride + ky - padding, x · stride + kx - padding, c]` over ky and kx inside the image. */
export const maxPool2d: ReferenceKernel<'maxPool2d'> = (op, memory) => {
  const input = memory.floats(op.reads.input);
  const output = memory.floats(op.writes.output);
  const from = imageLayout(op.reads.input);
  const to = imageLayout(op.writes.output);
  const pixels = gridOf(to.height, to.width);
  const argmaxOf = argmaxFinder(op, memory);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of pixels) {
        for (let c = 0; c < to.channels; c++) {
          const [row, column] = argmaxOf(item, y, x, c);
          output[pixelIndex(to, item, y, x) + c] = input[pixelIndex(from, item, row, column) + c];
        }
      }
    }
  };
};

/** Each window passes its gradient to the pixel with its maximum. */
export const maxPool2dGrad: ReferenceKernel<'maxPool2dGrad'> = (op, memory) => {
  const outputGrad = memory.floats(op.reads.outputGrad);
  const inputGrad = memory.floats(op.writes.inputGrad);
  const from = imageLayout(op.reads.outputGrad);
  const to = imageLayout(op.writes.inputGrad);
  const windows = gridOf(from.height, from.width);
  const pixels = gridOf(to.height, to.width);
  const argmaxOf = argmaxFinder(op, memory);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let c = 0; c < to.channels; c++) {
        for (const [y, x] of pixels) inputGrad[pixelIndex(to, item, y, x) + c] = 0;
        for (const [y, x] of windows) {
          const [row, column] = argmaxOf(item, y, x, c);
          inputGrad[pixelIndex(to, item, row, column) + c] += outputGrad[pixelIndex(from, item, y, x) + c];
        }
      }
    }
  };
};

/**
 * Finds the input pixel with the maximum of a window: the first of several in row-major order. NaN counts as the maximum, so that
 * it propagates to the output.
 */
function argmaxFinder(op: OpOf<'maxPool2d'> | OpOf<'maxPool2dGrad'>, memory: TensorMemory) {
  const input = memory.floats(op.reads.input);
  const layout = imageLayout(op.reads.input);
  const taps = gridOf(...op.kernel);

  return (item: number, y: number, x: number, channel: number): [row: number, column: number] => {
    const [top, left] = [y * op.stride[0] - op.padding[0], x * op.stride[1] - op.padding[1]];
    let argmax: [number, number] = [Math.max(0, top), Math.max(0, left)];
    let maximum = -Infinity;
    for (const [ky, kx] of taps) {
      const [row, column] = [top + ky, left + kx];
      if (row < 0 || row >= layout.height || column < 0 || column >= layout.width) continue;
      const value = input[pixelIndex(layout, item, row, column) + channel];
      if (value > maximum || Number.isNaN(value)) {
        maximum = value;
        argmax = [row, column];
      }
    }
    return argmax;
  };
}
