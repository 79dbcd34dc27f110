import type { KernelTable } from '../kernel.js';
import * as add from './add.js';
import * as avgPool2d from './avgPool2d.js';
import { augmentImages } from './augmentImages.js';
import * as batchNorm2d from './batchNorm2d.js';
import * as conv2d from './conv2d.js';
import * as conv2dNormReluPool2d from './conv2dNormReluPool2d.js';
import * as crossEntropy from './crossEntropy.js';
import * as dropout from './dropout.js';
import * as groupedConv2d from './groupedConv2d.js';
import * as images from './images.js';
import * as linear from './linear.js';
import * as maxPool2d from './maxPool2d.js';
import type { TensorMemory } from '../../plan/memory.js';
import * as nonlinearity from './nonlinearity.js';
import * as normRelu from './normRelu.js';
import * as normReluPool2d from './normReluPool2d.js';
import * as optimizers from './optimizers.js';
import * as relu from './relu.js';
import * as transposeWeight from './transposeWeight.js';
import * as winogradWeight from './winogradWeight.js';

/**
 * What each operation computes: plain, slow and exact to the last bit that its memory keeps. Sums are formed in double
 * precision. Other kernels are tested against these.
 */
export const referenceKernels: KernelTable<TensorMemory> = {
  ...add,
  ...avgPool2d,
  augmentImages,
  ...batchNorm2d,
  ...conv2d,
  ...conv2dNormReluPool2d,
  ...crossEntropy,
  ...dropout,
  ...groupedConv2d,
  ...images,
  ...linear,
  ...maxPool2d,
  ...nonlinearity,
  ...normRelu,
  ...normReluPool2d,
  ...optimizers,
  ...relu,
  ...transposeWeight,
  ...winogradWeight,
};
