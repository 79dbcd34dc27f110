import type { OptimizersOp } from '#inkling/plan/ops/optimizers.js';
import type { CasesOf } from '../harness/opCases.js';
import { elementsOf } from '../harness/opInputs.js';

export const cases: CasesOf<OptimizersOp['op']> = {
  decayWeight: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'decayWeight',
      reads: {},
      writes: { weight: elementsOf(draw)('weight', -1, 1) },
      decay: 0.05,
    }),
  },
  weightPenaltyGrad: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'weightPenaltyGrad',
        reads: { weight: elements('weight') },
        writes: { gradient: elements('gradient', -1, 1) },
        decay: 0.05,
      };
    },
  },
  adam: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'adam',
        reads: { gradient: elements('gradient') },
        writes: {
          parameter: elements('parameter', -1, 1),
          firstMoment: elements('firstMoment', -1, 1),
          secondMoment: elements('secondMoment', 0, 1),
        },
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
      };
    },
  },
  sgd: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'sgd',
        reads: { gradient: elements('gradient') },
        writes: { parameter: elements('parameter', -1, 1), velocity: elements('velocity', -1, 1) },
        momentum: 0.9,
        nesterov: draw.index % 2 === 0,
      };
    },
  },
  movingAverage: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'movingAverage',
        reads: { value: elements('value') },
        writes: { average: elements('average', -1, 1) },
      };
    },
  },
};
