import type { Random } from '../core/random.js';
import { sizeOf } from '../core/shape.js';
import type { ParameterSpec } from '../layers/layer.js';
import type { Model } from './model.js';
import { resolveModel } from './resolve.js';
import type { ResolvedModel } from './resolved.js';

/** A model's tensors by PyTorch's names (`layer1.0.weight`), in the engine's layout. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** The number of trainable parameters. */
export function countParameters(model: Model): number {
  return resolveModel(model).parameterCount;
}

/** The engine's index of each element of a tensor, in PyTorch's order. */
export function torchOrder({ torch }: ParameterSpec): Uint32Array {
  const order = new Uint32Array(sizeOf(torch.axes));
  let known = 1;
  // From the innermost axis outward: each step along an axis repeats the order so far, offset by the stride of the axis.
  for (const axis of [...torch.axes.keys()].reverse()) {
    const blocks = torch.axes[axis];
    for (let i = known; i < blocks * known; i++) order[i] = order[i - known] + torch.strides[axis];
    known *= blocks;
  }
  return order;
}

/** Initial weights as PyTorch's constructors draw them from its default generator, layer by layer. */
export function initialWeights({ parameters }: ResolvedModel, generator: Random): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  for (const { name, spec } of parameters) {
    const values = new Float32Array(sizeOf(spec.shape));
    const { initial } = spec;
    if ('constant' in initial) {
      values.fill(initial.constant);
    } else {
      for (const index of torchOrder(spec))
        values[index] = generator.uniform(-initial.uniform, initial.uniform);
    }
    weights.set(name, values);
  }
  return weights;
}
