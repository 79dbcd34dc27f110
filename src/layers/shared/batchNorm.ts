import { type Shape, sizeOf } from '../../core/shape.js';
import { type Activation, type ParameterSpec, vectorLayout } from '../layer.js';
import { type OnnxContext, onnxNode, type OnnxNode } from '../onnx.js';
import { BATCH_NORM_EPSILON, planBatchNorm } from './batchNormPlan.js';

/** What batch normalization of images and of vectors have in common: the last axis holds the channels. */
export const batchNorm = {
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
export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'BatchNormalization', { epsilon: { float: BATCH_NORM_EPSILON } })];
}

/** The size of the last axis. */
export function channelsOf(shape: Shape): number {
  return shape[shape.length - 1];
}
