import type { OpShape, Partition } from '../opShape.js';

/** Loss and correct answers of a task's items, and the gradient of the mean loss. */
type CrossEntropy = OpShape<'crossEntropy', 'logits' | 'targets', 'logitsGrad' | 'totals'>;

/** The sum, over a task's items, of the weights of their classes. */
type SumTargetWeights = OpShape<
  'sumTargetWeights',
  'targets' | 'partners' | 'partnerShares' | 'classWeights',
  'weightSums'
>;

/** Like `crossEntropy`, of targets that share a partner's class, are smoothed, and weigh what their classes do. */
type SoftCrossEntropy = OpShape<
  'softCrossEntropy',
  'logits' | 'targets' | 'partners' | 'partnerShares' | 'classWeights' | 'weightSums',
  'logitsGrad' | 'totals'
> & { readonly smoothing: number };

/** One step's loss and correct answers from the tasks' totals. */
type LossTotal = OpShape<'lossTotal', 'totals', 'results'>;

/** Loss and predicted class of each item, kept at the item's place in the order. */
type Score = OpShape<'score', 'logits' | 'targets', 'losses' | 'predictions'>;

type Softmax = OpShape<'softmax', 'logits', 'probabilities'>;

export type CrossEntropyOp = CrossEntropy | SumTargetWeights | SoftCrossEntropy | LossTotal | Score | Softmax;

export const crossEntropyPartition: Readonly<Record<CrossEntropyOp['op'], Partition>> = {
  crossEntropy: 'items',
  sumTargetWeights: 'items',
  softCrossEntropy: 'items',
  lossTotal: 'whole',
  score: 'items',
  softmax: 'items',
};
