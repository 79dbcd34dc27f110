import { optional } from '../../core/fields.js';
import { type Shape, sizeOf } from '../../core/shape.js';
import { positiveNumber } from '../../core/validate.js';
import { type Activation, type ParameterSpec, vectorLayout } from '../layer.js';
import { type OnnxContext, onnxNode, type OnnxNode } from '../onnx.js';
import { type BatchNorm, BATCH_NORM_EPSILON, epsilonOf, planBatchNorm } from './batchNormPlan.js';

/** What batch normalization of images and of vectors have in common: the last axis holds the channels. */
export const batchNorm = {
  fields: {
    epsilon: optional(positiveNumber, 'Added to the variance, so that it is never zero', {
      default: BATCH_NORM_EPSILON,
    }),
  },

  parameters(_layer: unknown, { shape }: Activation): readonly ParameterSpec[] {
    const channels = channelsOf(shape);
    const vector = (name: string, constant: number, trained: boolean) => ({
      name,
      shape: [channels],
      torch: vectorLayout(channels),
      initial: { constant },
      trained,
    });
    return [
      vector('weight', 1, true),
      vector('bias', 0, true),
      vector('running_mean', 0, false),
      vector('running_var', 1, false),
    ];
  },

  multiplyAdds: (_layer: unknown, input: Activation) => sizeOf(input.shape),
  plan: planBatchNorm,
};

/** Not folded into a convolution: the names of the tensors stay those of the `state_dict`; runtimes fold it. */
export function onnxNodes(layer: BatchNorm, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'BatchNormalization', { epsilon: { float: epsilonOf(layer) } })];
}

/** The arguments of PyTorch's constructor. */
export function torchArguments({ epsilon }: BatchNorm, shape: Shape): string {
  return epsilon === undefined ? String(channelsOf(shape)) : `${channelsOf(shape)}, eps=${epsilon}`;
}

/** The size of the last axis. */
export function channelsOf(shape: Shape): number {
  return shape[shape.length - 1];
}
