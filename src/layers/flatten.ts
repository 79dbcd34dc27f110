import { type Pair, sizeOf } from '../core/shape.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { Tensor } from '../plan/tensor.js';
import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';

export const flatten = defineLayer('flatten', {
  fields: {},
  description:
    'Reshapes an image to a vector. Saved weights of the layers after it are in PyTorch’s order, channel by channel.',

  inferOutput(_layer, input) {
    if (input.shape.length === 1) return input;
    return { shape: [sizeOf(input.shape)], flattenedFrom: input.shape };
  },

  inPlace: true,

  plan(_layer, { builder, name, input, outputShape, inputGradHalo }) {
    const image = withHalo(builder, input, [0, 0], `${name}.input`);
    return {
      output: { ...image, shape: outputShape },
      backward: (outputGrad) =>
        withHalo(builder, { ...outputGrad, shape: input.shape }, inputGradHalo, `${name}.inputGrad`),
    };
  },

  torchModule: () => 'nn.Flatten()',
});

export const title = () => 'Flatten';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'Flatten', { axis: { int: 1 } })];
}

/** The images themselves if their halo is right, otherwise a copy with the right halo. */
function withHalo(builder: PlanBuilder, input: Tensor, halo: Pair, name: string): Tensor {
  if (input.halo[0] === halo[0] && input.halo[1] === halo[1]) return input;
  const output = builder.perImage(name, input.shape, { halo });
  builder.add({ op: 'padImages', reads: { input }, writes: { output } });
  return output;
}
