import type { AvgPool2dOp } from '#inkling/plan/ops/avgPool2d.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';

export const cases: CasesOf<AvgPool2dOp['op']> = {
  avgPool2d: {
    accuracy: 'summed',
    draw(draw) {
      const { input, output, ...window } = windowsOf(draw, 5);
      return {
        op: 'avgPool2d',
        reads: { input: draw.image('input', [...input, draw.channels]) },
        writes: { output: draw.image('output', [...output, draw.channels]) },
        ...window,
      };
    },
  },
  avgPool2dGrad: {
    accuracy: 'summed',
    draw(draw) {
      const { input, output, ...window } = windowsOf(draw, 3);
      return {
        op: 'avgPool2dGrad',
        reads: { outputGrad: draw.image('outputGrad', [...output, draw.channels]) },
        writes: { inputGrad: draw.image('inputGrad', [...input, draw.channels]) },
        ...window,
      };
    },
  },
};

/** Windows of one size, or, in every third case, as many windows as the output has pixels. */
function windowsOf(draw: OpDraw, largestKernel: number) {
  const { kernel, stride, input, output } = draw.window('output', largestKernel, 0);
  if (draw.index % 3 !== 0) return { kernel, stride, divisor: [1, 1] as const, input, output };
  return { kernel: input, stride: input, divisor: output, input, output };
}
