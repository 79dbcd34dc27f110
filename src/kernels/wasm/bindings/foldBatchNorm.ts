import { sizeOf } from '../../../core/shape.js';
import { addressesOf, taskElements } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const foldBatchNormBindings: BindingsOf<'foldBatchNorm'> = {
  foldBatchNorm({ reads: { weight, bias, scale, shift }, writes }, kernels) {
    const [weights, outputs] = [weight, shift].map(({ shape }) => sizeOf(shape));
    return bindKernel(kernels, 'foldBatchNorm', {
      ...taskElements(weights + outputs),
      ...addressesOf({ weight, bias, scale, shift, ...writes }),
      weights,
      outputs,
    });
  },
};
