import type { Conv2dNormReluPool2dOp } from '#inkling/plan/ops/conv2dNormReluPool2d.js';
import type { CasesOf } from '../harness/opCases.js';
import { hasBias, paddedImage } from '../harness/opInputs.js';
import { convolutionOf, transformable } from '../harness/winogradDraw.js';

export const cases: CasesOf<Conv2dNormReluPool2dOp['op']> = {
  conv2dNormReluPool2d: {
    accuracy: 'summed',
    draw(draw) {
      const { inputs, outputs } = convolutionOf(draw, 'output', true);
      const padding = draw.pair(0, 2);
      const input = [2 * draw.height + 2 - 2 * padding[0], 2 * draw.width + 2 - 2 * padding[1], inputs];
      return {
        op: 'conv2dNormReluPool2d',
        reads: {
          input: paddedImage(draw, 'input', input, padding),
          ...transformable(draw, 'weight', inputs, outputs),
          ...(hasBias(draw) && { bias: draw.shared('bias', [outputs]) }),
          scale: draw.shared('scale', [outputs]),
          shift: draw.shared('shift', [outputs]),
        },
        writes: { output: draw.image('output', [draw.height, draw.width, outputs]) },
        kernel: [3, 3],
        stride: [1, 1],
        padding,
      };
    },
  },
};
