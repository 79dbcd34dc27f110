import type { ReferenceKernel } from './lib/kernel.js';
import { elementIndices } from './lib/indices.js';

/** `output = max(0, input · scale + shift + other)`, a scale and a shift a channel. */
export const normRelu: ReferenceKernel<'normRelu'> = ({ reads, writes }, memory) => {
  const [input, scale, shift] = [reads.input, reads.scale, reads.shift].map((each) => memory.floats(each));
  const other = reads.other && memory.floats(reads.other);
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const otherPlaces = elementIndices(reads.other ?? reads.input);
  const to = elementIndices(writes.output);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        const c = e % scale.length;
        const normalised = input[from.of(item, e)] * scale[c] + shift[c];
        output[to.of(item, e)] = Math.max(0, normalised + (other?.[otherPlaces.of(item, e)] ?? 0));
      }
    }
  };
};

/** `sums[task] = [Σ g, Σ g · (x - mean)]` over the x that ReLU let through, g the gradient of what it gave. */
export const normReluGradSums: ReferenceKernel<'normReluGradSums'> = ({ reads, writes }, memory) => {
  const [input, scale, shift, mean, outputGrad] = [
    reads.input,
    reads.scale,
    reads.shift,
    reads.mean,
    reads.outputGrad,
  ].map((tensor) => memory.floats(tensor));
  const sums = memory.doubles(writes.sums);
  const inputPlaces = elementIndices(reads.input);
  const gradPlaces = elementIndices(reads.outputGrad);
  const channels = mean.length;

  return (task, begin, end) => {
    const own = sums.subarray(task * 2 * channels, (task + 1) * 2 * channels).fill(0);
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < gradPlaces.size; e++) {
        const c = e % channels;
        const x = input[inputPlaces.of(item, e)];
        if (!(x * scale[c] + shift[c] > 0)) continue;
        const gradient = outputGrad[gradPlaces.of(item, e)];
        own[c] += gradient;
        own[channels + c] += gradient * (x - mean[c]);
      }
    }
  };
};

/** `inputGrad = a · g + b · x + c`, where g is the gradient for an x that ReLU let through, and 0 elsewhere. */
export const normReluInputGrad: ReferenceKernel<'normReluInputGrad'> = ({ reads, writes }, memory) => {
  const [input, scale, shift, outputGrad, coefficients] = [
    reads.input,
    reads.scale,
    reads.shift,
    reads.outputGrad,
    reads.coefficients,
  ].map((tensor) => memory.floats(tensor));
  const inputGrad = memory.floats(writes.inputGrad);
  const inputPlaces = elementIndices(reads.input);
  const from = elementIndices(reads.outputGrad);
  const to = elementIndices(writes.inputGrad);
  const channels = scale.length;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        const channel = e % channels;
        const [a, b, c] = [0, 1, 2].map((row) => coefficients[row * channels + channel]);
        const x = input[inputPlaces.of(item, e)];
        const gradient = x * scale[channel] + shift[channel] > 0 ? outputGrad[from.of(item, e)] : 0;
        inputGrad[to.of(item, e)] = a * gradient + b * x + c;
      }
    }
  };
};
