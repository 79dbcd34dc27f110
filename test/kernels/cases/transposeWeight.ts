import type { TransposeWeightOp } from '#inkling/plan/ops/transposeWeight.js';
import type { CasesOf } from '../harness/opCases.js';

export const cases: CasesOf<TransposeWeightOp['op']> = {
  transposeWeight: {
    accuracy: 'exact',
    draw(draw) {
      const [inputs, outputs] = [draw.channels, draw.otherChannels];
      const taps = draw.index % 3 === 0 ? [] : draw.pair(1, 5);
      return {
        op: 'transposeWeight',
        reads: { weight: draw.shared('weight', [...taps, inputs, outputs]) },
        writes: { transposed: draw.shared('transposed', [...taps, outputs, inputs]) },
      };
    },
  },
};
