import type { PlanBuilder } from '../../plan/builder.js';
import type { Tensor } from '../../plan/tensor.js';

/** Variations of the cross-entropy loss. */
export interface Loss {
  /** Label smoothing: the fraction of each target that is distributed over all classes. */
  readonly smoothing: number;
  /** The weight of each class in the loss; equal if undefined. */
  readonly classWeights?: readonly number[] | undefined;
}

/** The logits and targets of a batch. */
export interface LossInputs {
  readonly logits: Tensor;
  readonly targets: Tensor;
  /** If images are mixed, the class of the second image of each mixture and its share. */
  readonly partners?: { readonly partners: Tensor; readonly partnerShares: Tensor } | undefined;
}

/** The tensors of a loss in a plan. */
export interface PlannedLoss {
  readonly logitsGrad: Tensor;
  /** Per task: the loss and the number of correct predictions. */
  readonly totals: Tensor;
  /** `[classes]`, to be written before the first step; undefined for plain cross-entropy. */
  readonly classWeights?: Tensor;
}

export function addLoss(
  builder: PlanBuilder,
  { logits, targets, partners }: LossInputs,
  loss: Loss,
): PlannedLoss {
  const logitsGrad = builder.perImage('logitsGrad', logits.shape);
  const totals = builder.perTask('totals', [2], 'f64');
  const writes = { logitsGrad, totals };
  if (partners === undefined && loss.smoothing === 0 && loss.classWeights === undefined) {
    builder.add({ op: 'crossEntropy', reads: { logits, targets }, writes });
    return writes;
  }
  const classWeights = builder.shared({ name: 'classWeights', shape: logits.shape });
  const reads = { targets, classWeights, ...(partners ?? unmixed(builder)) };
  const weightSums = builder.perTask('weightSums', [], 'f64');
  builder.add({ op: 'sumTargetWeights', reads, writes: { weightSums } });
  const { smoothing } = loss;
  builder.add({ op: 'softCrossEntropy', reads: { logits, weightSums, ...reads }, writes, smoothing });
  return { ...writes, classWeights };
}

/** Not written: memory is initialized with zeros, so that partners have no share. */
function unmixed(builder: PlanBuilder) {
  return {
    partners: builder.perImage('partners', [], { dtype: 'i32', kept: true }),
    partnerShares: builder.perImage('partnerShares', [], { kept: true }),
  };
}
