import type { Tensor } from '../plan/tensor.js';
import { type Convolution, PLACES, suitsWinograd } from '../plan/winograd.js';
import type { PlanContext } from './layer.js';

/**
 * A weight as Winograd's algorithm multiplies with it, made anew in each step; `undefined` where the algorithm does not pay.
 *
 * @param weight `[3, 3, in, out]`
 */
export function transformedWeight(
  { builder, mode }: PlanContext,
  weight: Tensor,
  convolution: Convolution,
): Tensor | undefined {
  if (!suitsWinograd(convolution, mode)) return undefined;
  const { inputs, outputs } = convolution;
  const name = `${weight.name}.transformed`;
  const transformed = builder.shared({ name, shape: [PLACES, inputs, outputs] });
  builder.prologue({ op: 'winogradWeight', reads: { weight }, writes: { transformed } });
  return transformed;
}
