import type { OpShape, Partition } from '../opShape.js';

/** The loss and the number of correct predictions of a task's images, and the gradient of the mean loss. */
type CrossEntropy = OpShape<'crossEntropy', 'logits' | 'targets', 'logitsGrad' | 'totals'>;

/** The sum of the class weights of a task's images. */
type SumTargetWeights = OpShape<
  'sumTargetWeights',
  'targets' | 'partners' | 'partnerShares' | 'classWeights',
  'weightSums'
>;

/** Like `crossEntropy`, with partners' classes (mixup, CutMix), label smoothing and class weights. */
type SoftCrossEntropy = OpShape<
  'softCrossEntropy',
  'logits' | 'targets' | 'partners' | 'partnerShares' | 'classWeights' | 'weightSums',
  'logitsGrad' | 'totals'
> & { readonly smoothing: number };

/** A step's loss and number of correct predictions, from the totals of all tasks. */
type LossTotal = OpShape<'lossTotal', 'totals', 'results'>;

/** The loss, the predicted class, and the logits of each image, at the image's index in the engine's memory. */
type Score = OpShape<'score', 'logits' | 'targets', 'losses' | 'predictions' | 'outputs'>;

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
