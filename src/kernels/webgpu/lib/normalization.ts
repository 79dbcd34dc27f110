import type { Tensor } from '../../../plan/tensor.js';

/** Pixels of an image. */
export function pixelsOf({ shape: [height, width] }: Tensor): number {
  return height * width;
}

/** WGSL: the `finish` of a shader whose sums are those of each task in the tensor `sums`, `[2, channels]`. */
export function storeSums(channels: number): string {
  return `
fn finish(part: u32, c: u32, first: vec2f, second: vec2f) {
  storePair(at_sums(part, c), first);
  storePair(at_sums(part, ${channels}u + c), second);
}
`;
}

/** WGSL: `fn totalOf(e: u32) -> vec2f`, an element of `sums` added up over all tasks, in task order. */
export function totalsCode(sums: Tensor): string {
  return `
fn totalOf(e: u32) -> vec2f {
  var total = vec2f(0.0);
  for (var task = 0u; task < ${sums.count}u; task++) { total = addPairs(total, loadPair(at_sums(task, e))); }
  return total;
}
`;
}

/** WGSL: `fn coefficientsOf(channel: u32) -> vec3f`, those of `batchNormInputGrad`. */
export function coefficientsCode(channels: number): string {
  return `
fn coefficientsOf(channel: u32) -> vec3f {
  return vec3f(
    load(at_coefficients(0u, channel)),
    load(at_coefficients(0u, ${channels}u + channel)),
    load(at_coefficients(0u, ${2 * channels}u + channel)),
  );
}
`;
}

/** WGSL: `fn normalized(value: f32, c: u32) -> f32`, `value · scale + shift` of the channel. */
export const NORMALIZED = `
fn normalized(value: f32, c: u32) -> f32 { return value * load(at_scale(0u, c)) + load(at_shift(0u, c)); }
`;
