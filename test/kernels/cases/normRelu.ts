import type { Tensor } from '#inkling/plan/tensor.js';
import type { NormReluOp } from '#inkling/plan/ops/normRelu.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { inputGradOf, maximumOf } from '../harness/opInputs.js';

export const cases: CasesOf<NormReluOp['op']> = {
  normRelu: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, integers } = normReluOf(draw);
      const isSum = draw.index % 2 === 0;
      return {
        op: 'normRelu',
        reads: { input, scale, shift, ...(isSum && { other: integers(draw.image('other', input.shape)) }) },
        writes: { output: draw.image('output', input.shape) },
        maximum: maximumOf(draw),
      };
    },
  },
  normReluGradSums: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, integers } = normReluOf(draw);
      const mean = integers(draw.shared('mean', scale.shape));
      const outputGrad = integers(draw.image('outputGrad', input.shape));
      const sums = draw.perTask('sums', [2, input.shape[2]], 'f64');
      return {
        op: 'normReluGradSums',
        reads: { input, scale, shift, mean, outputGrad },
        writes: { sums },
        maximum: maximumOf(draw),
      };
    },
  },
  normReluInputGrad: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, integers } = normReluOf(draw);
      const coefficients = integers(draw.shared('coefficients', [3, input.shape[2]]));
      const outputGrad = integers(draw.image('outputGrad', input.shape));
      const inputGrad = inputGradOf(draw, input);
      const reads = { input, scale, shift, outputGrad, coefficients };
      return { op: 'normReluInputGrad', reads, writes: { inputGrad }, maximum: maximumOf(draw) };
    },
  },
};

/** The inputs of fused ReLU: integers, so that some values are exactly 0 and every sum is exact. */
function normReluOf(draw: OpDraw) {
  const integers = (tensor: Tensor): Tensor => {
    draw.values.set(tensor, () => draw.integer(-4, 4));
    return tensor;
  };
  return {
    input: integers(draw.image('input', [draw.height, draw.width, draw.channels])),
    scale: integers(draw.shared('scale', [draw.channels])),
    shift: integers(draw.shared('shift', [draw.channels])),
    integers,
  };
}
