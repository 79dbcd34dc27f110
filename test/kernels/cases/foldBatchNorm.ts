import type { FoldBatchNormOp } from '#inkling/plan/ops/foldBatchNorm.js';
import type { CasesOf } from '../harness/opCases.js';
import { hasBias } from '../harness/opInputs.js';

export const cases: CasesOf<FoldBatchNormOp['op']> = {
  foldBatchNorm: {
    accuracy: 'summed',
    draw(draw) {
      const [inputs, outputs] = [draw.channels, draw.otherChannels];
      const shape = [...draw.pair(1, 5), inputs, outputs];
      const channel = (name: string) => draw.shared(name, [outputs]);
      return {
        op: 'foldBatchNorm',
        reads: {
          weight: draw.shared('weight', shape),
          ...(hasBias(draw) && { bias: channel('bias') }),
          scale: channel('scale'),
          shift: channel('shift'),
        },
        writes: { foldedWeight: draw.shared('foldedWeight', shape), foldedBias: channel('foldedBias') },
      };
    },
  },
};
