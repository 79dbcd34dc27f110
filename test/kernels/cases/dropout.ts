import type { DropoutOp } from '#inkling/plan/ops/dropout.js';
import type { CasesOf, GradientCase } from '../harness/opCases.js';
import { inputToOutput } from '../harness/opInputs.js';

export const cases: CasesOf<DropoutOp['op']> = {
  dropout: {
    accuracy: 'rounded',
    draw: (draw) => ({
      op: 'dropout',
      ...inputToOutput(draw),
      probability: [0, 0.25, 0.5, 0.9][draw.integer(0, 3)],
      salt: draw.integer(0, 9),
    }),
  },
};

export const gradients: readonly GradientCase[] = [
  {
    name: 'dropout, which is its own gradient',
    batchSize: 3,
    count: 2,
    build(builder) {
      const input = builder.perImage('input', [3, 2, 3]);
      const output = builder.perImage('output', [3, 2, 3], { halo: [1, 1] });
      const outputGrad = builder.perImage('outputGrad', [3, 2, 3], { halo: [2, 0] });
      const inputGrad = builder.perImage('inputGrad', [3, 2, 3], { halo: [0, 1] });
      const constants = { probability: 0.4, salt: 1 };
      builder.add({ op: 'dropout', reads: { input }, writes: { output }, ...constants });
      const [reads, writes] = [{ input: outputGrad }, { output: inputGrad }];
      builder.add({ op: 'dropout', reads, writes, ...constants });
      return { output, outputGrad, gradients: [[input, inputGrad]] };
    },
  },
];
