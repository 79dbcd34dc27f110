import { MAX_STEPS } from '#inkling/plan/steps.js';
import type { CrossEntropyOp } from '#inkling/plan/ops/crossEntropy.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';

export const cases: CasesOf<CrossEntropyOp['op']> = {
  crossEntropy: {
    accuracy: 'rounded',
    draw(draw) {
      const reads = draw.classified();
      const logitsGrad = draw.builder.perImage('logitsGrad', reads.logits.shape);
      const totals = draw.perTask('totals', [2], 'f64');
      return { op: 'crossEntropy', reads, writes: { logitsGrad, totals } };
    },
  },
  sumTargetWeights: {
    accuracy: 'exact',
    draw(draw) {
      const { reads } = softTargetsOf(draw);
      return { op: 'sumTargetWeights', reads, writes: { weightSums: draw.perTask('weightSums', [], 'f64') } };
    },
  },
  softCrossEntropy: {
    accuracy: 'rounded',
    // The probability and the target, each up to twice a class weight divided by the sum of the weights.
    cancelling: 4,
    draw(draw) {
      const weightSums = draw.perTask('weightSums', [], 'f64', () => draw.random.uniform(0.5, 1));
      const { logits, reads } = softTargetsOf(draw);
      const logitsGrad = draw.builder.perImage('logitsGrad', logits.shape);
      const totals = draw.perTask('totals', [2], 'f64');
      const smoothing = [0, 0.1, 0.5][draw.integer(0, 2)];
      return {
        op: 'softCrossEntropy',
        reads: { ...reads, logits, weightSums },
        writes: { logitsGrad, totals },
        smoothing,
      };
    },
  },
  lossTotal: {
    accuracy: 'exact',
    draw(draw) {
      const results = draw.builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
      return { op: 'lossTotal', reads: { totals: draw.perTask('totals', [2], 'f64') }, writes: { results } };
    },
  },
  score: {
    accuracy: 'rounded',
    draw(draw) {
      const predictions = draw.integers('predictions', 'i32', [30]);
      const reads = draw.classified();
      const [classes] = reads.logits.shape;
      const outputs = draw.shared('outputs', [30 * classes]);
      return { op: 'score', reads, writes: { losses: draw.shared('losses', [30]), predictions, outputs } };
    },
  },
  softmax: {
    accuracy: 'rounded',
    draw(draw) {
      const { logits } = draw.classified();
      const probabilities = draw.builder.perImage('probabilities', logits.shape);
      return { op: 'softmax', reads: { logits }, writes: { probabilities } };
    },
  },
};

/** Logits and targets with partners. */
function softTargetsOf(draw: OpDraw) {
  const { logits, targets } = draw.classified();
  const [classes] = logits.shape;
  const partners = draw.builder.perImage('partners', [], { dtype: 'i32' });
  draw.values.set(partners, () => draw.integer(0, classes - 1));
  const partnerShares = draw.builder.perImage('partnerShares', []);
  draw.values.set(partnerShares, () => draw.integer(0, 1) * draw.random.uniform(0, 1));
  const classWeights = draw.shared('classWeights', [classes], () => draw.random.uniform(0.5, 2));
  return { logits, reads: { targets, partners, partnerShares, classWeights } };
}
