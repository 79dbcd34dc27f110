import type { LinearOp } from '#inkling/plan/ops/linear.js';
import type { CasesOf } from '../harness/opCases.js';
import { hasBias } from '../harness/opInputs.js';

export const cases: CasesOf<LinearOp['op']> = {
  linear: {
    accuracy: 'summed',
    draw(draw) {
      const [inputs, outputs] = [draw.width * draw.channels, draw.otherChannels];
      const weight = draw.shared('weight', [inputs, outputs]);
      const weights = hasBias(draw) ? { weight, bias: draw.shared('bias', [outputs]) } : { weight };
      return {
        op: 'linear',
        reads: { input: draw.items('input', [inputs]), ...weights },
        writes: { output: draw.items('output', [outputs]) },
      };
    },
  },
  linearInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const [inputs, outputs] = [draw.width * draw.channels, draw.otherChannels];
      return {
        op: 'linearInputGrad',
        reads: {
          outputGrad: draw.items('outputGrad', [outputs]),
          transposed: draw.shared('transposed', [outputs, inputs]),
        },
        writes: { inputGrad: draw.items('inputGrad', [inputs]) },
      };
    },
  },
  linearWeightGrad: {
    accuracy: 'summed',
    draw(draw) {
      const [inputs, outputs] = [draw.width, draw.otherChannels];
      const weightGrad = draw.shared('weightGrad', [inputs, outputs]);
      return {
        op: 'linearWeightGrad',
        reads: {
          input: draw.items('input', [inputs]),
          outputGrad: draw.items('outputGrad', [outputs]),
        },
        writes: hasBias(draw) ? { weightGrad, biasGrad: draw.shared('biasGrad', [outputs]) } : { weightGrad },
      };
    },
  },
};
