import type { Tensor } from '#inkling/plan/tensor.js';
import type { NormReluOp } from '#inkling/plan/ops/normRelu.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { inputGradOf } from '../harness/opInputs.js';

export const cases: CasesOf<NormReluOp['op']> = {
  normRelu: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, wholes } = normReluOf(draw);
      const isSum = draw.index % 2 === 0;
      return {
        op: 'normRelu',
        reads: { input, scale, shift, ...(isSum && { other: wholes(draw.image('other', input.shape)) }) },
        writes: { output: draw.image('output', input.shape) },
      };
    },
  },
  normReluGradSums: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, wholes } = normReluOf(draw);
      const mean = wholes(draw.shared('mean', scale.shape));
      const outputGrad = wholes(draw.image('outputGrad', input.shape));
      const sums = draw.perTask('sums', [2, input.shape[2]], 'f64');
      return {
        op: 'normReluGradSums',
        reads: { input, scale, shift, mean, outputGrad },
        writes: { sums },
      };
    },
  },
  normReluInputGrad: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, wholes } = normReluOf(draw);
      const coefficients = wholes(draw.shared('coefficients', [3, input.shape[2]]));
      const outputGrad = wholes(draw.image('outputGrad', input.shape));
      const inputGrad = inputGradOf(draw, input);
      const reads = { input, scale, shift, outputGrad, coefficients };
      return { op: 'normReluInputGrad', reads, writes: { inputGrad } };
    },
  },
};

/** What fused ReLU reads: whole numbers, of which some are exactly at its corner, and every sum is exact. */
function normReluOf(draw: OpDraw) {
  const wholes = (tensor: Tensor): Tensor => {
    draw.values.set(tensor, () => draw.integer(-4, 4));
    return tensor;
  };
  return {
    input: wholes(draw.image('input', [draw.height, draw.width, draw.channels])),
    scale: wholes(draw.shared('scale', [draw.channels])),
    shift: wholes(draw.shared('shift', [draw.channels])),
    wholes,
  };
}
