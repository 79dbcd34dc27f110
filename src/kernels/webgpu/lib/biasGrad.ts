import type { Tensor } from '../../../plan/tensor.js';
import type { Dispatch, KernelLimits } from './kernel.js';
import { pixelsOf } from './normalization.js';
import { sums } from './sums.js';
import { addresses } from './wgsl.js';

/** The gradient of a convolution's bias: the sum of that of the output over all pixels, one for each part of the images. */
export function biasGrad(outputGrad: Tensor, biasPartials: Tensor, limits: KernelLimits): Dispatch {
  const channels = outputGrad.shape[2];
  const declarations = `${addresses({ outputGrad, biasPartials })}
fn terms(item: u32, pixel: u32, c: u32) -> Terms {
  return Terms(vec2f(load(at_outputGrad(item, pixel * ${channels}u + c)), 0.0), vec2f(0.0));
}
fn finish(part: u32, c: u32, first: vec2f, second: vec2f) { store(at_biasPartials(part, c), first.x); }
`;
  return sums({ declarations, channels, pixels: pixelsOf(outputGrad), parts: biasPartials.count }, limits);
}
