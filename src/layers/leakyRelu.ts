import * as z from 'zod/mini';
import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { optional } from '../core/fields.js';
import { planNonlinearity } from './shared/nonlinearity.js';

/** PyTorch's. */
const DEFAULT_SLOPE = 0.01;

export const leakyRelu = defineLayer('leakyRelu', {
  fields: {
    slope: optional(z.number(), 'Slope for negative inputs', { default: DEFAULT_SLOPE }),
  },
  description:
    '`x` if positive, otherwise `slope · x`. Source: Maas et al., "Rectifier Nonlinearities", ICML 2013.',
  inferOutput: (_layer, input) => input,
  plan: ({ slope = DEFAULT_SLOPE }, context) => planNonlinearity(context, { kind: 'leakyRelu', slope }),
  torchModule: ({ slope = DEFAULT_SLOPE }) => `nn.LeakyReLU(${slope})`,
});

export function title({ slope = DEFAULT_SLOPE }: ReturnType<typeof leakyRelu>): string {
  return `Leaky ReLU, slope ${slope}`;
}

export function onnxNodes(
  { slope = DEFAULT_SLOPE }: ReturnType<typeof leakyRelu>,
  context: OnnxContext,
): readonly OnnxNode[] {
  return [onnxNode(context, 'LeakyRelu', { alpha: { float: slope } })];
}
