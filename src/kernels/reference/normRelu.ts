import type { ReferenceKernel } from './lib/kernel.js';
import { elementIndices } from './lib/indices.js';

/** `output = min(max(0, input · scale + shift + other), maximum)`, with a scale and a shift per channel. */
export const normRelu: ReferenceKernel<'normRelu'> = ({ reads, writes, maximum }, memory) => {
  const [input, scale, shift] = [reads.input, reads.scale, reads.shift].map((each) => memory.floats(each));
  const other = reads.other && memory.floats(reads.other);
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const otherIndices = elementIndices(reads.other ?? reads.input);
  const to = elementIndices(writes.output);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        const c = e % scale.length;
        const normalized = input[from.of(item, e)] * scale[c] + shift[c];
        const sum = normalized + (other?.[otherIndices.of(item, e)] ?? 0);
        output[to.of(item, e)] = Math.min(Math.max(0, sum), maximum);
      }
    }
  };
};

/** `sums[task] = [Σ g, Σ g · (x - mean)]` over the x for which ReLU is active; g is the gradient of its output. */
export const normReluGradSums: ReferenceKernel<'normReluGradSums'> = ({ reads, writes, maximum }, memory) => {
  const [input, scale, shift, mean, outputGrad] = [
    reads.input,
    reads.scale,
    reads.shift,
    reads.mean,
    reads.outputGrad,
  ].map((tensor) => memory.floats(tensor));
  const sums = memory.doubles(writes.sums);
  const inputIndices = elementIndices(reads.input);
  const gradIndices = elementIndices(reads.outputGrad);
  const channels = mean.length;

  return (task, begin, end) => {
    const own = sums.subarray(task * 2 * channels, (task + 1) * 2 * channels).fill(0);
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < gradIndices.size; e++) {
        const c = e % channels;
        const x = input[inputIndices.of(item, e)];
        const normalized = x * scale[c] + shift[c];
        if (!(normalized > 0 && normalized < maximum)) continue;
        const gradient = outputGrad[gradIndices.of(item, e)];
        own[c] += gradient;
        own[channels + c] += gradient * (x - mean[c]);
      }
    }
  };
};

/** `inputGrad = a · g + b · x + c`, where g is the gradient of ReLU's output if ReLU is active for x, and 0 otherwise. */
export const normReluInputGrad: ReferenceKernel<'normReluInputGrad'> = (
  { reads, writes, maximum },
  memory,
) => {
  const [input, scale, shift, outputGrad, coefficients] = [
    reads.input,
    reads.scale,
    reads.shift,
    reads.outputGrad,
    reads.coefficients,
  ].map((tensor) => memory.floats(tensor));
  const inputGrad = memory.floats(writes.inputGrad);
  const inputIndices = elementIndices(reads.input);
  const from = elementIndices(reads.outputGrad);
  const to = elementIndices(writes.inputGrad);
  const channels = scale.length;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        const channel = e % channels;
        const [a, b, c] = [0, 1, 2].map((row) => coefficients[row * channels + channel]);
        const x = input[inputIndices.of(item, e)];
        const normalized = x * scale[channel] + shift[channel];
        const isActive = normalized > 0 && normalized < maximum;
        const gradient = isActive ? outputGrad[from.of(item, e)] : 0;
        inputGrad[to.of(item, e)] = a * gradient + b * x + c;
      }
    }
  };
};
