import type { Tensor } from '../../../plan/tensor.js';

/** WGSL: `fn byteAt(index: u32) -> u32`, a byte of a u8 tensor, counted over all items. */
export function byteAt({ offset }: Tensor): string {
  return `
fn byteAt(index: u32) -> u32 {
  let at = ${offset}u + index;
  return (loadWord(at / 4u) >> (at % 4u * 8u)) & 255u;
}
`;
}

/**
 * WGSL: `fn fractionOf(byte: u32) -> f32`, the float32 nearest to byte / 255, whatever the adapter's division rounds to: a byte shifted so that
 * its first bit is set, times 1 / 255 = 2^-8 + 2^-16 + 2^-24 + 2^-24 / 255, is a whole number of 2^-24 and at least half of one.
 */
export const FRACTION = `
fn fractionOf(byte: u32) -> f32 {
  if (byte == 0u) { return 0.0; }
  let shift = countLeadingZeros(byte) - 24u;
  return f32(((byte * 65793u) << shift) + 1u) * bitcast<f32>((103u - shift) << 23u);
}
`;
