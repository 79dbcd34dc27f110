import type { Tensor } from '../../plan/tensor.js';
import { imageLayout } from '../../plan/tensor.js';
import type { TensorMemory } from '../../plan/memory.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { gridOf, pixelIndex } from './lib/indices.js';

interface Maximum {
  readonly row: number;
  readonly column: number;
  /** `input · scale + shift` at that pixel. */
  readonly value: number;
}

/** `output = max(0, max of input · scale + shift under the 2×2 window)` */
export const normReluPool2d: ReferenceKernel<'normReluPool2d'> = ({ reads, writes }, memory) => {
  const output = memory.floats(writes.output);
  const to = imageLayout(writes.output);
  const pixels = gridOf(to.height, to.width);
  const maximumOf = maximumFinder(reads, memory);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of pixels) {
        const index = pixelIndex(to, item, y, x);
        for (let c = 0; c < to.channels; c++) output[index + c] = Math.max(0, maximumOf(item, y, x, c).value);
      }
    }
  };
};

/** `sums[task] = [Σ g, Σ g · (x - mean)]` over the maxima x of the windows for which ReLU is active; g is the window's gradient. */
export const normReluPool2dGradSums: ReferenceKernel<'normReluPool2dGradSums'> = (
  { reads, writes },
  memory,
) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const mean = memory.floats(reads.mean);
  const sums = memory.doubles(writes.sums);
  const values = imageLayout(reads.input);
  const grads = imageLayout(reads.outputGrad);
  const windows = gridOf(grads.height, grads.width);
  const maximumOf = maximumFinder(reads, memory);
  const { channels } = grads;

  return (task, begin, end) => {
    const own = sums.subarray(task * 2 * channels, (task + 1) * 2 * channels).fill(0);
    for (let item = begin; item < end; item++) {
      for (const [y, x] of windows) {
        for (let c = 0; c < channels; c++) {
          const { row, column, value } = maximumOf(item, y, x, c);
          const grad = value > 0 ? outputGrad[pixelIndex(grads, item, y, x) + c] : 0;
          own[c] += grad;
          own[channels + c] += grad * (input[pixelIndex(values, item, row, column) + c] - mean[c]);
        }
      }
    }
  };
};

/** `inputGrad = a · g + b · x + c`, where g is the window's gradient at its maximum if ReLU is active there, and 0 elsewhere. */
export const normReluPool2dInputGrad: ReferenceKernel<'normReluPool2dInputGrad'> = (
  { reads, writes },
  memory,
) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const coefficients = memory.floats(reads.coefficients);
  const inputGrad = memory.floats(writes.inputGrad);
  const values = imageLayout(reads.input);
  const grads = imageLayout(reads.outputGrad);
  const to = imageLayout(writes.inputGrad);
  const pixels = gridOf(to.height, to.width);
  const windows = gridOf(grads.height, grads.width);
  const maximumOf = maximumFinder(reads, memory);
  const { channels } = to;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let c = 0; c < channels; c++) {
        const [a, b, constant] = [c, channels + c, 2 * channels + c].map((index) => coefficients[index]);
        // All maxima are found before anything is written, because the gradient may overwrite the input.
        const maxima = windows.map(([y, x]) => maximumOf(item, y, x, c));
        for (const [y, x] of pixels) {
          inputGrad[pixelIndex(to, item, y, x) + c] =
            b * input[pixelIndex(values, item, y, x) + c] + constant;
        }
        for (const [window, [y, x]] of windows.entries()) {
          const { row, column, value } = maxima[window];
          const grad = value > 0 ? outputGrad[pixelIndex(grads, item, y, x) + c] : 0;
          inputGrad[pixelIndex(to, item, row, column) + c] += a * grad;
        }
      }
    }
  };
};

/** Finds the first maximum of the normalized values under a 2×2 window, in row-major order. */
function maximumFinder(reads: Readonly<Record<'input' | 'scale' | 'shift', Tensor>>, memory: TensorMemory) {
  const [input, scale, shift] = [reads.input, reads.scale, reads.shift].map((tensor) =>
    memory.floats(tensor),
  );
  const layout = imageLayout(reads.input);
  const taps = gridOf(2, 2);

  return (item: number, y: number, x: number, channel: number): Maximum => {
    const candidates = taps.map(([ky, kx]): Maximum => {
      const [row, column] = [2 * y + ky, 2 * x + kx];
      const value = input[pixelIndex(layout, item, row, column) + channel] * scale[channel] + shift[channel];
      return { row, column, value };
    });
    return candidates.reduce((best, candidate) => (candidate.value > best.value ? candidate : best));
  };
}
