import { sizeOf } from '../../../../core/shape.js';
import type { TransposeWeightOp } from '../../../../plan/ops/transposeWeight.js';
import { addressesOf, taskElements } from '../../arguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const transposeWeightTrainingBindings: BindingsOf<TransposeWeightOp['op']> = {
  transposeWeight({ reads: { weight }, writes: { transposed } }, kernels) {
    const [inputs, outputs] = weight.shape.slice(-2);
    const elements = sizeOf(weight.shape);
    return bindKernel(kernels, 'transposeWeight', {
      ...taskElements(elements),
      ...addressesOf({ weight, transposed }),
      taps: elements / (inputs * outputs),
      inputs,
      outputs,
    });
  },
};
