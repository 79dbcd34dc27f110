import type { WinogradWeightOp } from '../../../plan/ops/winogradWeight.js';
import { addressesOf, taskElements } from '../arguments.js';
import { CHANNELS, tileSizeOf } from '../../../plan/winograd.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const winogradWeightBindings: BindingsOf<WinogradWeightOp['op']> = {
  winogradWeight({ reads: { weight }, writes: { transformed } }, kernels) {
    const [inputs, outputs] = weight.shape.slice(-2);
    return bindKernel(kernels, 'winogradWeight', {
      ...taskElements((inputs * outputs) / CHANNELS),
      ...addressesOf({ weight, transformed }),
      tileSize: tileSizeOf(transformed),
      inputs,
      outputs,
    });
  },
};
