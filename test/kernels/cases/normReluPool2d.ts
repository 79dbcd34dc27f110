import type { Tensor } from '#inkling/plan/tensor.js';
import type { NormReluPool2dOp } from '#inkling/plan/ops/normReluPool2d.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { inputGradOf } from '../harness/opInputs.js';

export const cases: CasesOf<NormReluPool2dOp['op']> = {
  normReluPool2d: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, pooled } = normReluPoolOf(draw);
      return {
        op: 'normReluPool2d',
        reads: { input, scale, shift },
        writes: { output: draw.image('output', pooled) },
      };
    },
  },
  normReluPool2dGradSums: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, pooled, integers } = normReluPoolOf(draw);
      const mean = integers(draw.shared('mean', shift.shape));
      const outputGrad = integers(draw.image('outputGrad', pooled));
      const sums = draw.perTask('sums', [2, input.shape[2]], 'f64');
      return {
        op: 'normReluPool2dGradSums',
        reads: { input, scale, shift, mean, outputGrad },
        writes: { sums },
      };
    },
  },
  normReluPool2dInputGrad: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, pooled, integers } = normReluPoolOf(draw);
      const coefficients = integers(draw.shared('coefficients', [3, input.shape[2]]));
      const outputGrad = integers(draw.image('outputGrad', pooled));
      const inputGrad = inputGradOf(draw, input);
      const reads = { input, scale, shift, outputGrad, coefficients };
      return { op: 'normReluPool2dInputGrad', reads, writes: { inputGrad } };
    },
  },
};

/** The inputs of fused pooling: integers, so that windows have several maxima and every sum is exact. */
function normReluPoolOf(draw: OpDraw) {
  const integers = (tensor: Tensor): Tensor => {
    draw.values.set(tensor, () => draw.integer(-4, 4));
    return tensor;
  };
  const channels = 4 * draw.integer(1, 17);
  const pooled = [draw.height, draw.width, channels];
  const [below, right] = draw.pair(0, 1);
  return {
    input: integers(draw.image('input', [2 * draw.height + below, 2 * draw.width + right, channels])),
    scale: integers(draw.shared('scale', [channels])),
    shift: integers(draw.shared('shift', [channels])),
    pooled,
    integers,
  };
}
