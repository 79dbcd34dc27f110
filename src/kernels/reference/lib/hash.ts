/** A bijection of 32-bit integers whose output looks random. Source: C. Wellons, "Prospecting for Hash Functions", 2018. */
export function mix(number: number): number {
  let x = number >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  x ^= x >>> 16;
  return x >>> 0;
}
