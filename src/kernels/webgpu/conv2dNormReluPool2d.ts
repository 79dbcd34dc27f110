import { sizeOf } from '../../core/shape.js';
import { positionOf, tapCode } from './lib/convolution.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { NORMALIZED, pixelsOf } from './lib/normalization.js';
import { product } from './lib/product.js';
import { addresses } from './lib/wgsl.js';

/** Like `conv2d`, with the four pixels of a pooling window in rows that follow each other, which one thread computes. */
export const conv2dNormReluPool2d: WebgpuKernel<'conv2dNormReluPool2d'> = (op, limits) => {
  const { input, weight, bias, scale, shift } = op.reads;
  const { output } = op.writes;
  const [inputs, outputs] = [input.shape[2], output.shape[2]];
  const rows = 4 * pixelsOf(output);
  const depth = sizeOf(op.kernel) * inputs;
  return product(
    {
      rows: output.count * rows,
      columns: outputs,
      depth,
      declarations: `${addresses({ input, weight, bias, scale, shift, output })}${NORMALIZED}${tapCode({ ...op, dilation: [1, 1] })}
fn rowsOf(part: u32) -> u32 { return current.count * ${rows}u; }
fn depthOf(part: u32) -> u32 { return ${depth}u; }
fn left(part: u32, row: u32, k: u32) -> f32 {
  let window = row / 4u;
  ${positionOf('window', output)}
  let at = tap_input(item, 2 * y + i32(row % 4u / 2u), 2 * x + i32(row % 2u), i32(k / ${inputs}u));
  return load(at + k % ${inputs}u);
}
fn right(part: u32, k: u32, column: u32) -> f32 { return load(at_weight(0u, k * ${outputs}u + column)); }
fn put(part: u32, row: u32, column: u32, sums: vec4f) {
  let window = row / 4u;
  ${positionOf('window', output)}
  var maximum = 0.0;
  for (var i = 0u; i < 4u; i++) {
    let value = normalized(sums[i]${bias === undefined ? '' : ' + load(at_bias(0u, column))'}, column);
    if (isNan(value) || (value > maximum && !isNan(maximum))) { maximum = value; }
  }
  store(pixel_output(item, y, x) + column, maximum);
}
`,
    },
    limits,
  );
};
