import { sizeOf } from '../../../core/shape.js';
import { TASKS } from '../../../plan/plan.js';
import { slot, type BindingsOf } from './arguments.js';

/** Answers, and what they cost. */
export const lossBindings: BindingsOf<
  'crossEntropy' | 'sumTargetWeights' | 'softCrossEntropy' | 'lossTotal' | 'score' | 'softmax'
> = {
  crossEntropy({ reads: { logits, targets }, writes: { logitsGrad, totals } }, kernels, { steps }) {
    const tables = [logits.offset, sizeOf(logits.shape), targets.offset, logitsGrad.offset] as const;
    return (task, begin, end, step) => {
      kernels.crossEntropy(begin, end, step, steps.offset, ...tables, slot(totals, task));
    };
  },

  sumTargetWeights({ reads, writes: { weightSums } }, kernels) {
    const { targets, partners, partnerShares, classWeights } = reads;
    const tables = [targets, partners, partnerShares, classWeights].map(({ offset }) => offset);
    return (task, begin, end) => {
      kernels.sumTargetWeights(begin, end, ...tables, slot(weightSums, task));
    };
  },

  softCrossEntropy({ reads, writes: { logitsGrad, totals }, smoothing }, kernels, { steps }) {
    const { logits, targets, partners, partnerShares, classWeights, weightSums } = reads;
    const answers = [targets, partners, partnerShares, classWeights].map(({ offset }) => offset);
    const tables = [logits.offset, sizeOf(logits.shape), ...answers, weightSums.offset, TASKS];
    const all = [...tables, smoothing, logitsGrad.offset];
    return (task, begin, end, step) => {
      kernels.softCrossEntropy(begin, end, step, steps.offset, ...all, slot(totals, task));
    };
  },

  lossTotal({ reads: { totals }, writes: { results } }, kernels, { steps }) {
    return (_task, _begin, _end, step) => {
      kernels.lossTotal(step, steps.offset, totals.offset, TASKS, results.offset);
    };
  },

  score({ reads: { logits, targets }, writes: { losses, predictions } }, kernels, { steps }) {
    const tables = [
      logits.offset,
      sizeOf(logits.shape),
      targets.offset,
      losses.offset,
      predictions.offset,
    ] as const;
    return (_task, begin, end, step) => {
      kernels.score(begin, end, step, steps.offset, ...tables);
    };
  },

  softmax({ reads: { logits }, writes: { probabilities } }, kernels) {
    return (_task, begin, end) => {
      kernels.softmax(begin, end, logits.offset, sizeOf(logits.shape), probabilities.offset);
    };
  },
};
