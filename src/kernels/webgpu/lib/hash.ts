/** WGSL: `fn mixBits(number: u32) -> u32`; see the function `mix` of the reference kernels. */
export const HASH = `
fn mixBits(number: u32) -> u32 {
  var x = number;
  x ^= x >> 16u;
  x *= 0x7feb352du;
  x ^= x >> 15u;
  x *= 0x846ca68bu;
  x ^= x >> 16u;
  return x;
}
`;
