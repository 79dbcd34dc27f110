import { type DrawName, drawOf, FIRST_TRY, MAX_TRIES } from '../../../reference/lib/draws.js';
import { HASH } from '../hash.js';

/** WGSL: the random numbers of an image with the given hash, as in the reference's `Draws`. */
export const DRAWS = `${HASH}
fn shareOf(hash: u32, draw: u32) -> f32 { return f32(mixBits(hash + draw) >> 8u) * ${String(2 ** -24)}; }
fn signedOf(hash: u32, draw: u32) -> f32 { return 2.0 * shareOf(hash, draw) - 1.0; }
fn integerOf(hash: u32, draw: u32, maximum: f32) -> f32 {
  return floor(shareOf(hash, draw) * (2.0 * maximum + 1.0)) - maximum;
}
fn betaOf(hash: u32, alpha: f32) -> f32 {
  var share = 0.5;
  for (var attempt = 0u; attempt < ${MAX_TRIES}u; attempt++) {
    let a = powerOf(shareOf(hash, ${FIRST_TRY}u + 2u * attempt), 1.0 / alpha);
    let b = powerOf(shareOf(hash, ${FIRST_TRY + 1}u + 2u * attempt), 1.0 / alpha);
    if (a + b > 0.0) { share = a / (a + b); }
    if (a + b > 0.0 && a + b <= 1.0) { break; }
  }
  return share;
}
fn powerOf(base: f32, exponent: f32) -> f32 {
  if (base == 0.0) { return 0.0; }
  return pow(base, exponent);
}
`;

/** WGSL: the index of a random number. */
export function draw(name: DrawName): string {
  return `${drawOf(name)}u`;
}
