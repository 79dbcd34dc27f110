import type { AddOp } from '#inkling/plan/ops/add.js';
import type { CasesOf } from '../harness/opCases.js';
import { inputToOutput } from '../harness/opInputs.js';

export const cases: CasesOf<AddOp['op']> = {
  add: {
    accuracy: 'exact',
    draw(draw) {
      const { reads, writes } = inputToOutput(draw);
      return { op: 'add', reads: { ...reads, other: draw.items('other', reads.input.shape) }, writes };
    },
  },
};
