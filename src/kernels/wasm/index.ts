import type { KernelTable } from '../kernel.js';
import { batchNorm2dBindings } from './bindings/batchNorm2d.js';
import { conv2dBindings } from './bindings/conv2d.js';
import { groupedConv2dBindings } from './bindings/groupedConv2d.js';
import { imagesBindings } from './bindings/images.js';
import { linearBindings } from './bindings/linear.js';
import { lossBindings } from './bindings/loss.js';
import { nonlinearityBindings } from './bindings/nonlinearity.js';
import { normReluBindings } from './bindings/normRelu.js';
import { optimizersBindings } from './bindings/optimizers.js';
import { poolingBindings } from './bindings/pooling.js';
import type { KernelExports } from './exports.js';

/** Binds every operation to its WebAssembly kernel: addresses and pitches in bytes are worked out here, once. */
export const wasmKernels: KernelTable<KernelExports> = {
  ...imagesBindings,
  ...conv2dBindings,
  ...groupedConv2dBindings,
  ...linearBindings,
  ...batchNorm2dBindings,
  ...nonlinearityBindings,
  ...poolingBindings,
  ...normReluBindings,
  ...lossBindings,
  ...optimizersBindings,
};
