import type { WinogradWeightOp } from '../../../plan/ops/winogradWeight.js';
import { addressesOf, FLOAT, LANES, taskElements } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const winogradWeightBindings: BindingsOf<WinogradWeightOp['op']> = {
  winogradWeight({ reads: { weight }, writes: { transformed } }, kernels) {
    const [inputs, outputs] = weight.shape.slice(-2);
    const tapElements = inputs * outputs;
    return bindKernel(kernels, 'winogradWeight', {
      ...taskElements(tapElements / LANES),
      ...addressesOf({ weight, transformed }),
      tapBytes: tapElements * FLOAT,
    });
  },
};
