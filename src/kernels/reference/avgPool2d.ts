import type { OpOf } from '../../plan/ops.js';
import { imageLayout } from '../../plan/tensor.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { gridOf, pixelIndex } from './lib/indices.js';

/** The pixels under the window of an output: rows and columns from ⌊y · stride / divisor⌋ to ⌈(y · stride + kernel) / divisor⌉. */
function pixelsUnder(
  { kernel, stride, divisor }: Pick<OpOf<'avgPool2d'>, 'kernel' | 'stride' | 'divisor'>,
  position: readonly [y: number, x: number],
): (readonly [y: number, x: number])[] {
  const [top, left] = position.map((at, axis) => Math.floor((at * stride[axis]) / divisor[axis]));
  const [bottom, right] = position.map((at, axis) =>
    Math.ceil((at * stride[axis] + kernel[axis]) / divisor[axis]),
  );
  return gridOf(bottom - top, right - left).map(([ky, kx]) => [top + ky, left + kx]);
}

/** `output[y, x, c]` is the mean of `input[…, …, c]` over the pixels under its window. */
export const avgPool2d: ReferenceKernel<'avgPool2d'> = ({ reads, writes, ...window }, memory) => {
  const input = memory.floats(reads.input);
  const output = memory.floats(writes.output);
  const from = imageLayout(reads.input);
  const to = imageLayout(writes.output);
  const outputs = gridOf(to.height, to.width);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of outputs) {
        const pixels = pixelsUnder(window, [y, x]);
        for (let c = 0; c < to.channels; c++) {
          let sum = 0;
          for (const pixel of pixels) sum += input[pixelIndex(from, item, ...pixel) + c];
          output[pixelIndex(to, item, y, x) + c] = sum / pixels.length;
        }
      }
    }
  };
};

/** Each window distributes its gradient evenly over its pixels; where windows overlap, the shares add up. */
export const avgPool2dGrad: ReferenceKernel<'avgPool2dGrad'> = ({ reads, writes, ...window }, memory) => {
  const outputGrad = memory.floats(reads.outputGrad);
  const inputGrad = memory.floats(writes.inputGrad);
  const from = imageLayout(reads.outputGrad);
  const to = imageLayout(writes.inputGrad);
  const windows = gridOf(from.height, from.width);
  const pixels = gridOf(to.height, to.width);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let c = 0; c < to.channels; c++) {
        for (const [y, x] of pixels) inputGrad[pixelIndex(to, item, y, x) + c] = 0;
        for (const [y, x] of windows) {
          const covered = pixelsUnder(window, [y, x]);
          const share = outputGrad[pixelIndex(from, item, y, x) + c] / covered.length;
          for (const pixel of covered) inputGrad[pixelIndex(to, item, ...pixel) + c] += share;
        }
      }
    }
  };
};
