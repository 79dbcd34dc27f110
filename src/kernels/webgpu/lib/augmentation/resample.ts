import type { Shape } from '../../../../core/shape.js';
import type { Augmentation } from '../../../../plan/augmentation.js';
import { FIRST_NODE } from '../../../reference/lib/draws.js';
import { float } from '../wgsl.js';

/** See the reference kernels. */
const SUBPIXELS = 256;
const CELLS = 4;
const NODES_IN_ROW = 8;
const NODE_SCALE = (Math.sqrt(3) * 315) / 151;

/**
 * WGSL: `fn sourceOf(changes: Changes, y: u32, x: u32) -> vec2i`, the position in the source image of a pixel, in subpixels, and
 * `fn sampleOf(image: u32, source: vec2i, c: u32) -> f32`, the value there, by bilinear interpolation, from 0 to 1.
 */
export function resampleCode(augmentation: Augmentation, shape: Shape): string {
  const [height, width, channels] = shape;
  const [row, column] =
    augmentation.border === 'reflect' ? [`reflected(y, ${height})`, `reflected(x, ${width})`] : ['y', 'x'];
  return `${displacementCode(augmentation.elastic, Math.max(height, width) / CELLS)}
${augmentation.border === 'reflect' ? REFLECT : ''}
fn pixelAt(image: u32, y: i32, x: i32, c: u32) -> i32 {
  let row = ${row};
  let column = ${column};
  if (row < 0 || row >= ${height} || column < 0 || column >= ${width}) { return 0; }
  return i32(byteAt(image * ${height * width * channels}u + u32(row * ${width} + column) * ${channels}u + c));
}
fn sourceOf(changes: Changes, y: u32, x: u32) -> vec2i {
  let center = vec2f(${float((height - 1) / 2)}, ${float((width - 1) / 2)});
  let distance = vec2f(f32(y), f32(x)) - center - changes.moved;
  let mapped = changes.byColumn * distance.y + changes.byRow * distance.x;
  var source = center + mapped + displacementAt(changes.hash, y, x);
  if (changes.mirrored) { source.y = ${float(width - 1)} - source.y; }
  return vec2i(floor((changes.partStart + changes.partScales * source) * ${float(SUBPIXELS)} + 0.5));
}
fn sampleOf(image: u32, source: vec2i, c: u32) -> f32 {
  // A shift rounds down, a division toward zero.
  let first = source >> vec2u(${Math.log2(SUBPIXELS)}u);
  let after = source & vec2i(${SUBPIXELS - 1});
  var sum = 0;
  for (var tap = 0; tap < 4; tap++) {
    let at = vec2i(tap / 2, tap % 2);
    let weights = select(${SUBPIXELS} - after, after, at == vec2i(1));
    sum += weights.x * weights.y * pixelAt(image, first.x + at.x, first.y + at.y, c);
  }
  return f32(sum) / ${float(255 * SUBPIXELS ** 2)};
}
`;
}

const REFLECT = `
fn reflected(position: i32, size: i32) -> i32 {
  let period = max(1, 2 * (size - 1));
  let within = ((position % period) + period) % period;
  return min(within, period - within);
}
`;

/** WGSL: `fn displacementAt(hash, y, x) -> vec2f`, down and right. */
function displacementCode(strength: number, spacing: number): string {
  if (strength === 0) return 'fn displacementAt(hash: u32, y: u32, x: u32) -> vec2f { return vec2f(0.0); }';
  return `
fn splineWeights(t: f32) -> array<f32, 4> {
  let rest = 1.0 - t;
  return array<f32, 4>(
    rest * rest * rest / 6.0,
    (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
    (-3.0 * t * t * t + 3.0 * t * t + 3.0 * t + 1.0) / 6.0,
    t * t * t / 6.0,
  );
}
fn displacementAt(hash: u32, y: u32, x: u32) -> vec2f {
  let position = vec2f(f32(y), f32(x)) / ${float(spacing)};
  let cell = floor(position);
  var down = splineWeights(position.x - cell.x);
  var right = splineWeights(position.y - cell.y);
  var moved = vec2f(0.0);
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      let node = ${FIRST_NODE}u + 2u * ((u32(cell.x) + i) * ${NODES_IN_ROW}u + u32(cell.y) + j);
      moved += down[i] * right[j] * vec2f(signedOf(hash, node), signedOf(hash, node + 1u));
    }
  }
  return ${float(strength * NODE_SCALE)} * moved;
}
`;
}
