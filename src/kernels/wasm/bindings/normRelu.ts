import { image, slot, ZEROS, type BindingsOf } from './arguments.js';

/** Normalisation and ReLU in one, with pooling or without. */
export const normReluBindings: BindingsOf<
  | 'normRelu'
  | 'normReluGradSums'
  | 'normReluInputGrad'
  | 'normReluPool2d'
  | 'normReluPool2dGradSums'
  | 'normReluPool2dInputGrad'
> = {
  normRelu({ reads: { input, scale, shift, other }, writes: { output } }, kernels) {
    const tables = [input, other, output].flatMap((tensor) => {
      if (tensor === undefined) return [ZEROS, 0, 0];
      const { origin, item, row } = image(tensor);
      return [origin, item, row];
    });
    const { height, width, channels } = image(output);
    return (_task, begin, end) => {
      kernels.normRelu(begin, end, ...tables, height, width, channels, scale.offset, shift.offset);
    };
  },

  normReluGradSums({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const tables = [values.origin, values.item, values.row, grads.origin, grads.item, grads.row] as const;
    const sizes = [values.height, values.width, values.channels] as const;
    const channel = [reads.scale.offset, reads.shift.offset, reads.mean.offset] as const;
    return (task, begin, end) => {
      kernels.normReluGradSums(begin, end, ...tables, ...sizes, ...channel, slot(writes.sums, task));
    };
  },

  normReluInputGrad({ reads, writes }, kernels) {
    const tensors = [reads.input, reads.outputGrad, writes.inputGrad].map(image);
    const tables = tensors.flatMap(({ origin, item, row }) => [origin, item, row]);
    const { height, width, channels } = tensors[0];
    const channel = [reads.scale.offset, reads.shift.offset, reads.coefficients.offset] as const;
    return (_task, begin, end) => {
      kernels.normReluInputGrad(begin, end, ...tables, height, width, channels, ...channel);
    };
  },

  normReluPool2d({ reads, writes }, kernels) {
    const from = image(reads.input);
    const to = image(writes.output);
    const tables = [from.origin, from.item, from.row, to.origin, to.item, to.row] as const;
    const sizes = [to.height, to.width, to.pixel, reads.scale.offset, reads.shift.offset] as const;
    return (_task, begin, end) => {
      kernels.normReluPool2d(begin, end, ...tables, ...sizes);
    };
  },

  normReluPool2dGradSums({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const tables = [values.origin, values.item, values.row, grads.origin, grads.item, grads.row] as const;
    const channel = [reads.scale.offset, reads.shift.offset, reads.mean.offset] as const;
    return (task, begin, end) => {
      const sizes = [grads.height, grads.width, grads.pixel] as const;
      kernels.normReluPool2dGradSums(begin, end, ...tables, ...sizes, ...channel, slot(writes.sums, task));
    };
  },

  normReluPool2dInputGrad({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const to = image(writes.inputGrad);
    const input = [values.origin, values.item, values.row, values.height, values.width] as const;
    const tables = [grads.origin, grads.item, grads.row, to.origin, to.item, to.row] as const;
    const sizes = [grads.height, grads.width, grads.pixel] as const;
    const channel = [reads.scale.offset, reads.shift.offset, reads.coefficients.offset] as const;
    return (_task, begin, end) => {
      kernels.normReluPool2dInputGrad(begin, end, ...input, ...tables, ...sizes, ...channel);
    };
  },
};
