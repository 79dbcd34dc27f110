import { sizeOf } from '../../../core/shape.js';
import { TASKS, taskRange } from '../../../plan/plan.js';
import { itemBytes } from '../../../plan/tensor.js';
import { slot, byElements, type BindingsOf } from './arguments.js';

/** Gradients, and what is done with them. */
export const optimizersBindings: BindingsOf<
  | 'sumPartials'
  | 'squareSums'
  | 'clipGradient'
  | 'decayWeight'
  | 'weightPenaltyGrad'
  | 'adam'
  | 'sgd'
  | 'movingAverage'
> = {
  sumPartials({ reads: { partials }, writes: { gradient } }, kernels) {
    return byElements(sizeOf(gradient.shape), (begin, end) => {
      kernels.sumPartials(begin, end, partials.offset, TASKS, itemBytes(partials), gradient.offset);
    });
  },

  squareSums({ reads: { gradient }, writes: { sums } }, kernels) {
    const elements = sizeOf(gradient.shape);
    return (task) => {
      kernels.squareSums(...taskRange(elements, task), gradient.offset, slot(sums, task));
    };
  },

  clipGradient({ reads: { sums }, writes: { gradient }, maxNorm }, kernels) {
    return byElements(sizeOf(gradient.shape), (begin, end) => {
      kernels.clipGradient(begin, end, sums.offset, TASKS, gradient.offset, maxNorm);
    });
  },

  decayWeight({ writes: { weight }, decay }, kernels, { steps }) {
    return byElements(sizeOf(weight.shape), (begin, end, step) => {
      kernels.decayWeight(begin, end, step, steps.offset, weight.offset, decay);
    });
  },

  weightPenaltyGrad({ reads: { weight }, writes: { gradient }, decay }, kernels) {
    return byElements(sizeOf(weight.shape), (begin, end) => {
      kernels.weightPenaltyGrad(begin, end, weight.offset, gradient.offset, decay);
    });
  },

  adam({ reads: { gradient }, writes, beta1, beta2, epsilon }, kernels, { steps }) {
    const tensors = [gradient, writes.parameter, writes.firstMoment, writes.secondMoment].map(
      (t) => t.offset,
    );
    return byElements(sizeOf(gradient.shape), (begin, end, step) => {
      kernels.adam(begin, end, step, steps.offset, ...tensors, beta1, beta2, epsilon);
    });
  },

  sgd({ reads: { gradient }, writes: { parameter, velocity }, momentum, nesterov }, kernels, { steps }) {
    const tensors = [gradient.offset, parameter.offset, velocity.offset] as const;
    return byElements(sizeOf(gradient.shape), (begin, end, step) => {
      kernels.sgd(begin, end, step, steps.offset, ...tensors, momentum, nesterov ? 1 : 0);
    });
  },

  movingAverage({ reads: { value }, writes: { average } }, kernels, { steps }) {
    return byElements(sizeOf(value.shape), (begin, end, step) => {
      kernels.movingAverage(begin, end, step, steps.offset, value.offset, average.offset);
    });
  },
};
