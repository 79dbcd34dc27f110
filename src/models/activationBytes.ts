import { sizeOf } from '../core/shape.js';
import { definitionOf } from '../layers/index.js';
import type { ResolvedModel } from './resolved.js';

export const FLOAT_BYTES = 4;

/** All outputs of a model for one image, which training keeps for the backward pass. In-place layers need no memory of their own. */
export function activationBytesPerImage({ allLayers }: ResolvedModel): number {
  const allocated = allLayers.filter(
    ({ layer }) => layer.type === 'residual' || !definitionOf(layer).inPlace,
  );
  return allocated.reduce((sum, { output }) => sum + FLOAT_BYTES * sizeOf(output.shape), 0);
}
