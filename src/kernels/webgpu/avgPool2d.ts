import type { OpOf } from '../../plan/ops.js';
import { forPixels } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';

type Windows = Pick<OpOf<'avgPool2d'>, 'kernel' | 'stride' | 'divisor'>;

export const avgPool2d: WebgpuKernel<'avgPool2d'> = (op) =>
  forPixels(
    { ...op.reads, ...op.writes },
    op.writes.output,
    `let window = windowOf(y, x);
  var sum = 0.0;
  for (var row = window.x; row < window.z; row++) {
    for (var column = window.y; column < window.w; column++) { sum += load(pixel_input(item, row, column) + c); }
  }
  store(at_output(item, e), sum / f32((window.z - window.x) * (window.w - window.y)));`,
    windowCode(op),
  );

/** Each pixel collects its shares of the gradients of the windows that cover it, in row-major order. */
export const avgPool2dGrad: WebgpuKernel<'avgPool2dGrad'> = (op) => {
  const { kernel, stride, divisor } = op;
  const [height, width] = op.reads.outputGrad.shape;
  // Window i covers the pixel if i · stride < (pixel + 1) · divisor and i · stride + kernel > pixel · divisor.
  const first = (position: string, axis: 0 | 1) =>
    `max(0, (${position} * ${divisor[axis]} - ${kernel[axis]} + ${stride[axis]}) / ${stride[axis]})`;
  const last = (position: string, axis: 0 | 1, size: number) =>
    `min(${size - 1}, ((${position} + 1) * ${divisor[axis]} - 1) / ${stride[axis]})`;
  return forPixels(
    { ...op.reads, ...op.writes },
    op.writes.inputGrad,
    `var sum = 0.0;
  for (var oy = ${first('y', 0)}; oy <= ${last('y', 0, height)}; oy++) {
    for (var ox = ${first('x', 1)}; ox <= ${last('x', 1, width)}; ox++) {
      let window = windowOf(oy, ox);
      sum += load(pixel_outputGrad(item, oy, ox) + c) / f32((window.z - window.x) * (window.w - window.y));
    }
  }
  store(at_inputGrad(item, e), sum);`,
    windowCode(op),
  );
};

/** WGSL: `fn windowOf(y, x) -> vec4i`, the first row and column of a window, and the row and column after its last. */
function windowCode({ kernel, stride, divisor }: Windows): string {
  const start = (position: string, axis: 0 | 1) => `${position} * ${stride[axis]} / ${divisor[axis]}`;
  const end = (position: string, axis: 0 | 1) =>
    `(${position} * ${stride[axis]} + ${kernel[axis] + divisor[axis] - 1}) / ${divisor[axis]}`;
  return `
fn windowOf(y: i32, x: i32) -> vec4i {
  return vec4i(${start('y', 0)}, ${start('x', 1)}, ${end('y', 0)}, ${end('x', 1)});
}
`;
}
