import { InklingError } from '../core/errors.js';
import { countClasses } from '../data/classes.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { Tensor } from '../plan/tensor.js';
import type { Config } from './config.js';

/** How the answers to a batch are judged, beyond plain cross-entropy. */
export interface Loss {
  /** Share of a target that is spread over all classes. */
  readonly smoothing: number;
  /** What each class counts for; all the same where it is missing. */
  readonly classWeights?: readonly number[] | undefined;
}

/**
 * The loss that a configuration asks for. Balanced weights give all classes the same sum: `images / (classes · images of the
 * class)`, and 0 to one without images.
 *
 * @param labels of the images to learn from
 * @throws {InklingError} when there are not as many weights as classes
 */
export function lossOf({ labelSmoothing, classWeights }: Config, labels: Uint8Array, classes: number): Loss {
  if (classWeights === 'balanced') {
    const weights = countClasses(labels, classes).map((count) =>
      count === 0 ? 0 : labels.length / (classes * count),
    );
    return { smoothing: labelSmoothing, classWeights: weights };
  }
  assertWeightPerClass(classWeights, classes);
  return { smoothing: labelSmoothing, classWeights };
}

/** @throws {InklingError} when there are not as many weights as classes */
export function assertWeightPerClass(classWeights: Config['classWeights'], classes: number): void {
  if (classWeights === undefined || classWeights === 'balanced' || classWeights.length === classes) return;
  throw new InklingError(
    `classWeights: ${String(classWeights.length)} weights for ${String(classes)} classes; give one for each, or "balanced"`,
  );
}

/** What a network answers to a batch, and what it should. */
export interface Answers {
  readonly logits: Tensor;
  readonly targets: Tensor;
  /** The class of the image that is mixed into each, and its share; where images are mixed. */
  readonly partners?: { readonly partners: Tensor; readonly partnerShares: Tensor } | undefined;
}

/** Tensors that the loss adds to a plan. */
export interface PlannedLoss {
  readonly logitsGrad: Tensor;
  /** Per task: loss and correct answers. */
  readonly totals: Tensor;
  /** `[classes]`, to be filled before the first step; missing where they don't count. */
  readonly classWeights?: Tensor;
}

export function addLoss(
  builder: PlanBuilder,
  { logits, targets, partners }: Answers,
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

/** Nothing writes them: memory is zero at the start, so that no partner has a share. */
function unmixed(builder: PlanBuilder) {
  return {
    partners: builder.perImage('partners', [], { dtype: 'i32' }),
    partnerShares: builder.perImage('partnerShares', []),
  };
}
