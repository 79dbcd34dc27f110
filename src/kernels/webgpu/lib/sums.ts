import { TASKS } from '../../../plan/plan.js';
import type { Dispatch, KernelLimits } from './kernel.js';
import { BUILTINS, GROUP_INDEX } from './wgsl.js';

/** Channels that a workgroup sums at the same time: neighbors, so that its threads read 32 bytes, as much as GPUs load at once. */
const MAX_WIDTH = 8;
const MAX_THREADS = 512;

/**
 * Sums and products as pairs: the second number holds what rounding cuts off the first; it is 0 where the first is not finite. WGSL's `fma` may
 * round twice, and is not used. Sources: D. Knuth, "The Art of Computer Programming" 2, 4.2.2; T. Dekker, "A Floating-Point Technique for
 * Extending the Available Precision", 1971.
 *
 * WGSL lets compilers reorder sums, and those for Metal do: `(a + b) - a` would become `b`, and every second number 0. `rounded` prevents this: it
 * changes no bit, because the uniform `zero` is 0, which no compiler knows.
 */
export const PAIRS = `
fn rounded(value: f32) -> f32 { return bitcast<f32>(bitcast<u32>(value) ^ current.zero); }
fn addPairs(a: vec2f, b: vec2f) -> vec2f {
  let sum = rounded(a.x + b.x);
  if (!isFinite(sum)) { return vec2f(sum, 0.0); }
  let added = rounded(sum - a.x);
  let rest = rounded(a.x - rounded(sum - added)) + rounded(b.x - added) + (a.y + b.y);
  let first = rounded(sum + rest);
  return vec2f(first, rest - rounded(first - sum));
}
fn halves(number: f32) -> vec2f {
  let scaled = rounded(4097.0 * number);
  let upper = rounded(scaled - rounded(scaled - number));
  return vec2f(upper, rounded(number - upper));
}
fn product(a: f32, b: f32) -> vec2f {
  let first = rounded(a * b);
  let x = halves(a);
  let y = halves(b);
  let rest = rounded(rounded(rounded(x.x * y.x - first) + x.x * y.y) + x.y * y.x) + x.y * y.y;
  return vec2f(first, select(0.0, rest, isFinite(rest)));
}
fn scalePair(pair: vec2f, factor: f32) -> vec2f {
  let first = product(pair.x, factor);
  return addPairs(first, vec2f(pair.y * factor, 0.0));
}
`;

/** Two sums per part and channel. */
export interface Sums {
  /**
   * WGSL: addresses, and `fn terms(item: u32, pixel: u32, c: u32) -> Terms`, what a pixel of an item adds, as pairs `first` and `second`;
   * and `fn finish(part: u32, c: u32, first: vec2f, second: vec2f)`, which stores the sums.
   */
  readonly declarations: string;
  readonly channels: number;
  /** Pixels of an item. */
  readonly pixels: number;
  /** The number of parts into which the items are divided: that of tasks by default. */
  readonly parts?: number;
  /** WGSL: the number of items; those of the batch by default. */
  readonly items?: string;
}

/**
 * A shader of one workgroup for each part and a few channels. Its threads add up every n-th pixel; their sums are added in pairs of
 * threads, always in the same order.
 */
export function sums(
  { declarations, channels, pixels, parts = TASKS, items = 'current.count' }: Sums,
  { threads: limit }: KernelLimits,
): Dispatch {
  const threads = Math.min(MAX_THREADS, limit);
  const width = Math.min(MAX_WIDTH, 2 ** Math.ceil(Math.log2(channels)));
  const rows = threads / width;
  const blocks = Math.ceil(channels / width);
  return {
    code: `
struct Terms { first: vec2f, second: vec2f }
${PAIRS}${declarations}
var<workgroup> firsts: array<vec2f, ${threads}>;
var<workgroup> seconds: array<vec2f, ${threads}>;
@compute @workgroup_size(${threads})
fn main(${BUILTINS}) {
  let index = ${GROUP_INDEX};
  if (index >= ${parts * blocks}u) { return; }
  let part = index / ${blocks}u;
  let c = index % ${blocks}u * ${width}u + lane % ${width}u;
  let row = lane / ${width}u;
  let begin = ${items} * part / ${parts}u;
  let end = ${items} * (part + 1u) / ${parts}u;
  var first = vec2f(0.0);
  var second = vec2f(0.0);
  if (c < ${channels}u) {
    for (var i = row; i < (end - begin) * ${pixels}u; i += ${rows}u) {
      let added = terms(begin + i / ${pixels}u, i % ${pixels}u, c);
      first = addPairs(first, added.first);
      second = addPairs(second, added.second);
    }
  }
  firsts[lane] = first;
  seconds[lane] = second;
  for (var half = ${rows / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (row < half) {
      firsts[lane] = addPairs(firsts[lane], firsts[lane + half * ${width}u]);
      seconds[lane] = addPairs(seconds[lane], seconds[lane + half * ${width}u]);
    }
  }
  if (row == 0u && c < ${channels}u) { finish(part, c, firsts[lane], seconds[lane]); }
}`,
    workgroups: parts * blocks,
  };
}
