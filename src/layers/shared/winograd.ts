import type { Tensor } from '../../plan/tensor.js';
import { type Convolution, transformedShape, winogradTileSize } from '../../plan/winograd.js';
import type { PlanContext } from '../layer.js';

/**
 * A weight transformed for Winograd's algorithm, recomputed in each step; undefined if the algorithm is not used.
 *
 * @param weight `[3, 3, in, out]`
 */
export function transformedWeight(
  { builder, mode }: PlanContext,
  weight: Tensor,
  convolution: Convolution,
): Tensor | undefined {
  const tileSize = winogradTileSize(convolution, mode);
  if (tileSize === undefined) return undefined;
  const { inputs, outputs } = convolution;
  const name = `${weight.name}.transformed`;
  const transformed = builder.shared({ name, shape: transformedShape(tileSize, inputs, outputs) });
  builder.prologue({ op: 'winogradWeight', reads: { weight }, writes: { transformed } });
  return transformed;
}
