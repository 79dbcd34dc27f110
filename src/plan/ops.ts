import { type BatchNormOp, batchNorm2dPartition } from './ops/batchNorm2d.js';
import { type ConvolutionOp, conv2dPartition } from './ops/conv2d.js';
import { type ImageOp, imagesPartition } from './ops/images.js';
import { type LinearOp, linearPartition } from './ops/linear.js';
import { type LossOp, lossPartition } from './ops/loss.js';
import { type NonlinearityOp, nonlinearityPartition } from './ops/nonlinearity.js';
import { type NormReluOp, normReluPartition } from './ops/normRelu.js';
import { type OptimizerOp, optimizersPartition } from './ops/optimizers.js';
import { type PoolingOp, poolingPartition } from './ops/pooling.js';
import type { Partition } from './ops/shape.js';

export type { Nonlinearity } from './ops/nonlinearity.js';
export type { PaddedWindow, Partition } from './ops/shape.js';

/**
 * Every operation a plan can hold. An operation names the tensors it reads and the tensors it writes, so that plans can
 * be cut into stages, verified and printed without knowing any of them. What each one computes is defined by the
 * function of the same name in `kernels/reference`.
 */
export type Op =
  | ImageOp
  | ConvolutionOp
  | LinearOp
  | BatchNormOp
  | NonlinearityOp
  | PoolingOp
  | NormReluOp
  | LossOp
  | OptimizerOp;

export type OpName = Op['op'];
export type OpOf<Name extends OpName> = Extract<Op, { op: Name }>;

/** How the work of each operation is shared out. */
export const PARTITION: Readonly<Record<OpName, Partition>> = {
  ...imagesPartition,
  ...conv2dPartition,
  ...linearPartition,
  ...batchNorm2dPartition,
  ...nonlinearityPartition,
  ...poolingPartition,
  ...normReluPartition,
  ...lossPartition,
  ...optimizersPartition,
};
