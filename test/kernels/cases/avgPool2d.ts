import type { AvgPool2dOp } from '#inkling/plan/ops/avgPool2d.js';
import type { CasesOf } from '../harness/opCases.js';

export const cases: CasesOf<AvgPool2dOp['op']> = {
  avgPool2d: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 5, 0);
      return {
        op: 'avgPool2d',
        reads: { input: draw.image('input', [...input, draw.channels]) },
        writes: { output: draw.image('output', [...output, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
  avgPool2dGrad: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 3, 0);
      return {
        op: 'avgPool2dGrad',
        reads: { outputGrad: draw.image('outputGrad', [...output, draw.channels]) },
        writes: { inputGrad: draw.image('inputGrad', [...input, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
};
