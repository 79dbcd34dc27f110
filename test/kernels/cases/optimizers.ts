import type { OptimizersOp } from '#inkling/plan/ops/optimizers.js';
import type { Optimizer } from '#inkling/train/optimization/optimizers.js';
import type { CasesOf } from '../harness/opCases.js';
import { elementsOf } from '../harness/opInputs.js';

export const cases: CasesOf<OptimizersOp['op']> = {
  decayWeight: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'decayWeight',
      reads: {},
      writes: { weight: elementsOf(draw)('weight', -1, 1) },
      rateFactor: 0.5,
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
        rateFactor: draw.index % 2 === 0 ? 1 : 0.1,
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
        rateFactor: draw.index % 3 === 0 ? 1 : 0.1,
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

/** An optimizer with some settings, and the formula of its update. */
interface FormulaCase {
  readonly optimizer: Optimizer;
  /**
   * For one element: a function that takes each step's gradient, without that of weight decay, and returns the change of the
   * parameter divided by the negative learning rate.
   */
  readonly formula: () => (gradient: number, step: number, weight: number) => number;
}

/** Kingma and Ba, "Adam", 2015, algorithm 1. */
function adam() {
  let [m, v] = [0, 0];
  return (g: number, step: number) => {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    return m / (1 - 0.9 ** step) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8);
  };
}

/** Every optimizer, with the formula that its updates in training are compared with. */
export const formulas: Readonly<Record<string, FormulaCase>> = {
  adam: { optimizer: { type: 'adam' }, formula: adam },
  'adam with weight decay': {
    optimizer: { type: 'adam', weightDecay: 0.3 },
    formula: () => {
      const move = adam();
      return (g, step, weight) => move(g + 0.3 * weight, step);
    },
  },
  // Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, as PyTorch has it.
  adamw: {
    optimizer: { type: 'adamw', weightDecay: 0.3 },
    formula: () => {
      const move = adam();
      return (g, step, weight) => 0.3 * weight + move(g, step);
    },
  },
  sgd: { optimizer: { type: 'sgd', momentum: 0 }, formula: () => (g) => g },
  'sgd with momentum': {
    optimizer: { type: 'sgd', momentum: 0.9 },
    formula: () => {
      let velocity = 0;
      return (g) => (velocity = 0.9 * velocity + g);
    },
  },
  'nesterov with weight decay': {
    optimizer: { type: 'nesterov', momentum: 0.9, weightDecay: 0.3 },
    formula: () => {
      let velocity = 0;
      return (g, _step, weight) => {
        const slope = g + 0.3 * weight;
        velocity = 0.9 * velocity + slope;
        return slope + 0.9 * velocity;
      };
    },
  },
};
