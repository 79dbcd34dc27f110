import type { Pair } from '#inkling/core/shape.js';
import { windowOutput } from '#inkling/layers/shared/window.js';
import type { MaxPool2dOp } from '#inkling/plan/ops/maxPool2d.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';

export const cases: CasesOf<MaxPool2dOp['op']> = {
  maxPool2d: {
    accuracy: 'exact',
    draw(draw) {
      const { input, output, ...window } = clippedWindow(draw);
      return {
        op: 'maxPool2d',
        reads: { input: draw.image('input', [...input, draw.channels]) },
        writes: { output: draw.image('output', [...output, draw.channels]) },
        ...window,
      };
    },
  },
  maxPool2dGrad: {
    // Where windows overlap, gradients add up.
    accuracy: 'summed',
    // The input determines where the gradients go.
    magnitudeOf: { input: (value) => value },
    draw(draw) {
      const { input, output, ...window } = clippedWindow(draw);
      const from = draw.image('input', [...input, draw.channels]);
      // A few values only, so that windows have several maxima.
      draw.values.set(from, () => draw.integer(-2, 2));
      return {
        op: 'maxPool2dGrad',
        reads: { input: from, outputGrad: draw.image('outputGrad', [...output, draw.channels]) },
        writes: { inputGrad: draw.image('inputGrad', [...input, draw.channels]) },
        ...window,
      };
    },
  },
};

/** A window with a padding of at most half of its size, which is how far it may reach beyond the input. */
function clippedWindow(draw: OpDraw) {
  const { kernel, stride, input } = draw.window('output', 5, 0);
  const [paddingY, paddingX] = kernel.map((size) => draw.integer(0, Math.floor(size / 2)));
  const padding: Pair = [paddingY, paddingX];
  const padded: Pair = [input[0] + 2 * padding[0], input[1] + 2 * padding[1]];
  return { kernel, stride, padding, input, output: windowOutput(padded, kernel, stride) };
}
