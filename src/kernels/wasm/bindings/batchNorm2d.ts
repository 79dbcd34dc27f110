import { sizeOf } from '../../../core/shape.js';
import { TASKS } from '../../../plan/plan.js';
import { image, sizesOf, slot, type BindingsOf } from './arguments.js';

/** Batch normalisation. */
export const batchNorm2dBindings: BindingsOf<
  | 'channelSums'
  | 'batchNormStatistics'
  | 'batchNormRunning'
  | 'scaleShift'
  | 'batchNormGradSums'
  | 'batchNormGradStatistics'
  | 'batchNormInputGrad'
> = {
  channelSums({ reads, writes }, kernels) {
    const input = sizesOf(reads.input);
    return (task, begin, end) => {
      kernels.channelSums(begin, end, ...input, slot(writes.sums, task));
    };
  },

  batchNormStatistics({ reads, writes, positions, epsilon, momentum }, kernels, { steps }) {
    const { sums, gamma, beta } = reads;
    const channels = sizeOf(gamma.shape);
    const input = [
      sums.offset,
      TASKS,
      channels,
      positions,
      gamma.offset,
      beta.offset,
      epsilon,
      momentum,
    ] as const;
    const { mean, inverseDeviation, scale, shift, runningMean, runningVariance } = writes;
    const output = [mean, inverseDeviation, scale, shift, runningMean, runningVariance].map((t) => t.offset);
    return (_task, _begin, _end, step) => {
      kernels.batchNormStatistics(step, steps.offset, ...input, ...output);
    };
  },

  batchNormRunning({ reads, writes, epsilon }, kernels) {
    const { gamma, beta, runningMean, runningVariance } = reads;
    const input = [gamma, beta, runningMean, runningVariance].map((tensor) => tensor.offset);
    return () => {
      kernels.batchNormRunning(
        sizeOf(gamma.shape),
        ...input,
        epsilon,
        writes.scale.offset,
        writes.shift.offset,
      );
    };
  },

  scaleShift({ reads, writes }, kernels) {
    const from = image(reads.input);
    const to = image(writes.output);
    const tables = [from.origin, from.item, from.row, to.origin, to.item, to.row] as const;
    const sizes = [to.height, to.width, to.channels, reads.scale.offset, reads.shift.offset] as const;
    return (_task, begin, end) => {
      kernels.scaleShift(begin, end, ...tables, ...sizes);
    };
  },

  batchNormGradSums({ reads, writes }, kernels) {
    const values = image(reads.input);
    const grads = image(reads.outputGrad);
    const tables = [values.origin, values.item, values.row, grads.origin, grads.item, grads.row] as const;
    const sizes = [values.height, values.width, values.channels, reads.mean.offset] as const;
    return (task, begin, end) => {
      kernels.batchNormGradSums(begin, end, ...tables, ...sizes, slot(writes.sums, task));
    };
  },

  batchNormGradStatistics({ reads, writes, positions }, kernels, { steps }) {
    const { sums, gamma, mean, inverseDeviation } = reads;
    const input = [gamma.offset, mean.offset, inverseDeviation.offset] as const;
    const output = [writes.gammaGrad.offset, writes.betaGrad.offset, writes.coefficients.offset] as const;
    const sizes = [TASKS, sizeOf(gamma.shape), positions] as const;
    return (_task, _begin, _end, step) => {
      kernels.batchNormGradStatistics(step, steps.offset, sums.offset, ...sizes, ...input, ...output);
    };
  },

  batchNormInputGrad({ reads, writes }, kernels) {
    const tensors = [reads.input, reads.outputGrad, writes.inputGrad].map(image);
    const tables = tensors.flatMap(({ origin, item, row }) => [origin, item, row]);
    const { height, width, channels } = tensors[0];
    return (_task, begin, end) => {
      kernels.batchNormInputGrad(begin, end, ...tables, height, width, channels, reads.coefficients.offset);
    };
  },
};
