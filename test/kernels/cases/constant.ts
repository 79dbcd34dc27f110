import type { ConstantOp } from '#inkling/plan/ops/constant.js';
import type { CasesOf } from '../harness/opCases.js';

export const cases: CasesOf<ConstantOp['op']> = {
  constant: {
    accuracy: 'exact',
    draw: (draw) => ({
      op: 'constant',
      reads: {},
      writes: { output: draw.shared('output', [draw.channels]) },
      values: Array.from({ length: draw.channels }, () => draw.random.uniform(-1, 1)),
    }),
  },
};
