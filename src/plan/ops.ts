import { type AddOp, addPartition } from './ops/add.js';
import { type AugmentImagesOp, augmentImagesPartition } from './ops/augmentImages.js';
import { type AvgPool2dOp, avgPool2dPartition } from './ops/avgPool2d.js';
import { type BatchNorm2dOp, batchNorm2dPartition } from './ops/batchNorm2d.js';
import { type Conv2dOp, conv2dPartition } from './ops/conv2d.js';
import { type Conv2dNormReluPool2dOp, conv2dNormReluPool2dPartition } from './ops/conv2dNormReluPool2d.js';
import { type CrossEntropyOp, crossEntropyPartition } from './ops/crossEntropy.js';
import { type DropoutOp, dropoutPartition } from './ops/dropout.js';
import { type GradientsOp, gradientsPartition } from './ops/gradients.js';
import { type GroupedConv2dOp, groupedConv2dPartition } from './ops/groupedConv2d.js';
import { type ImagesOp, imagesPartition } from './ops/images.js';
import { type LinearOp, linearPartition } from './ops/linear.js';
import { type MaxPool2dOp, maxPool2dPartition } from './ops/maxPool2d.js';
import { type NonlinearityOp, nonlinearityPartition } from './ops/nonlinearity.js';
import { type NormReluOp, normReluPartition } from './ops/normRelu.js';
import { type NormReluPool2dOp, normReluPool2dPartition } from './ops/normReluPool2d.js';
import { type OptimizersOp, optimizersPartition } from './ops/optimizers.js';
import { type ReluOp, reluPartition } from './ops/relu.js';
import { type TransposeWeightOp, transposeWeightPartition } from './ops/transposeWeight.js';
import { type WinogradWeightOp, winogradWeightPartition } from './ops/winogradWeight.js';
import type { Partition } from './opShape.js';

export type { Nonlinearity } from './ops/nonlinearity.js';
export type { PaddedWindow, Partition } from './opShape.js';

/**
 * Every operation that a plan can contain. An operation names the tensors that it reads and writes, so that plans can be divided
 * into stages, verified and printed without knowledge of the operations. The function of the same name in `kernels/reference`
 * defines what an operation computes.
 */
export type Op =
  | AddOp
  | AugmentImagesOp
  | AvgPool2dOp
  | BatchNorm2dOp
  | Conv2dOp
  | Conv2dNormReluPool2dOp
  | CrossEntropyOp
  | DropoutOp
  | GradientsOp
  | GroupedConv2dOp
  | ImagesOp
  | LinearOp
  | MaxPool2dOp
  | NonlinearityOp
  | NormReluOp
  | NormReluPool2dOp
  | OptimizersOp
  | ReluOp
  | TransposeWeightOp
  | WinogradWeightOp;

export type OpName = Op['op'];
export type OpOf<Name extends OpName> = Extract<Op, { op: Name }>;

/** How the work of each operation is divided into tasks. */
export const PARTITION: Readonly<Record<OpName, Partition>> = {
  ...addPartition,
  ...augmentImagesPartition,
  ...avgPool2dPartition,
  ...batchNorm2dPartition,
  ...conv2dPartition,
  ...conv2dNormReluPool2dPartition,
  ...crossEntropyPartition,
  ...dropoutPartition,
  ...gradientsPartition,
  ...groupedConv2dPartition,
  ...imagesPartition,
  ...linearPartition,
  ...maxPool2dPartition,
  ...nonlinearityPartition,
  ...normReluPartition,
  ...normReluPool2dPartition,
  ...optimizersPartition,
  ...reluPartition,
  ...transposeWeightPartition,
  ...winogradWeightPartition,
};
