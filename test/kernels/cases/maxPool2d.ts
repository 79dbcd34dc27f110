import type { MaxPool2dOp } from '#inkling/plan/ops/maxPool2d.js';
import type { CasesOf } from '../harness/opCases.js';

export const cases: CasesOf<MaxPool2dOp['op']> = {
  maxPool2d: {
    accuracy: 'exact',
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 3, 0);
      return {
        op: 'maxPool2d',
        reads: { input: draw.image('input', [...input, draw.channels]) },
        writes: { output: draw.image('output', [...output, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
  maxPool2dGrad: {
    // Where windows overlap, gradients add up.
    accuracy: 'summed',
    // The input determines where the gradients go.
    magnitudeOf: { input: (value) => value },
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 3, 0);
      const from = draw.image('input', [...input, draw.channels]);
      // A few values only, so that windows have several maxima.
      draw.values.set(from, () => draw.integer(-2, 2));
      return {
        op: 'maxPool2dGrad',
        reads: { input: from, outputGrad: draw.image('outputGrad', [...output, draw.channels]) },
        writes: { inputGrad: draw.image('inputGrad', [...input, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
};
