import type { Nonlinearity } from '../../../plan/ops/nonlinearity.js';
import { KERNEL_ENUMS } from '../../generated/signatures.js';
import { pitchesOf, rowsOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const nonlinearityBindings: BindingsOf<'nonlinearity'> = {
  nonlinearity: ({ reads, writes, nonlinearity }, kernels) =>
    bindKernel(kernels, 'nonlinearity', {
      ...TASK_ITEMS,
      ...functionOf(nonlinearity),
      ...pitchesOf('input', reads.input),
      ...pitchesOf('output', writes.output),
      ...rowsOf(writes.output),
    }),
};

/** The function and its slope, as the kernels take them. */
export function functionOf(nonlinearity: Nonlinearity) {
  return {
    kind: KERNEL_ENUMS.Nonlinearity[nonlinearity.kind],
    slope: nonlinearity.kind === 'leakyRelu' ? nonlinearity.slope : 0,
  };
}
