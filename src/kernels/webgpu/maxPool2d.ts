import type { OpOf } from '../../plan/ops.js';
import { forPixels } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';

export const maxPool2d: WebgpuKernel<'maxPool2d'> = (op) =>
  forPixels(
    { ...op.reads, ...op.writes },
    op.writes.output,
    `let at = argmaxOf(item, y, x, c);
  store(at_output(item, e), load(pixel_input(item, at.x, at.y) + c));`,
    argmaxCode(op),
  );

/** Each pixel collects the gradients of the windows whose maximum it is, in row-major order. */
export const maxPool2dGrad: WebgpuKernel<'maxPool2dGrad'> = (op) => {
  const { kernel, stride, padding } = op;
  const [height, width] = op.reads.outputGrad.shape;
  const first = (position: string, axis: 0 | 1) =>
    `max(0, (${position} + ${padding[axis]} - ${kernel[axis]} + ${stride[axis]}) / ${stride[axis]})`;
  const last = (position: string, axis: 0 | 1, size: number) =>
    `min(${size - 1}, (${position} + ${padding[axis]}) / ${stride[axis]})`;
  return forPixels(
    { ...op.reads, ...op.writes },
    op.writes.inputGrad,
    `var sum = 0.0;
  for (var oy = ${first('y', 0)}; oy <= ${last('y', 0, height)}; oy++) {
    for (var ox = ${first('x', 1)}; ox <= ${last('x', 1, width)}; ox++) {
      let at = argmaxOf(item, oy, ox, c);
      if (at.x == y && at.y == x) { sum += load(pixel_outputGrad(item, oy, ox) + c); }
    }
  }
  store(at_inputGrad(item, e), sum);`,
    argmaxCode(op),
  );
};

/** WGSL: `fn argmaxOf(item, y, x, c) -> vec2i`, the row and column of the first maximum of a window; NaN counts as the maximum. */
function argmaxCode({ kernel, stride, padding, reads }: OpOf<'maxPool2d'> | OpOf<'maxPool2dGrad'>): string {
  const [height, width] = reads.input.shape;
  return `
fn argmaxOf(item: u32, y: i32, x: i32, c: u32) -> vec2i {
  let top = y * ${stride[0]} - ${padding[0]};
  let left = x * ${stride[1]} - ${padding[1]};
  var argmax = vec2i(max(0, top), max(0, left));
  var maximum = load(pixel_input(item, argmax.x, argmax.y) + c);
  for (var row = max(0, top); row < min(${height}, top + ${kernel[0]}); row++) {
    for (var column = max(0, left); column < min(${width}, left + ${kernel[1]}); column++) {
      let value = load(pixel_input(item, row, column) + c);
      if (isNan(value) || (value > maximum && !isNan(maximum))) {
        maximum = value;
        argmax = vec2i(row, column);
      }
    }
  }
  return argmax;
}
`;
}
