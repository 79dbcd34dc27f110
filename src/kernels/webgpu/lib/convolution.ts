import type { DilatedWindow } from '../../../plan/opShape.js';
import type { Tensor } from '../../../plan/tensor.js';

/** WGSL: the row and column, of an image, that a tap of the kernel reads for the output `y`, `x`. */
function tapped(position: 'y' | 'x', { stride, padding, dilation, kernel }: DilatedWindow): string {
  const axis = position === 'y' ? 0 : 1;
  const tap = axis === 0 ? `tap / ${kernel[1]}` : `tap % ${kernel[1]}`;
  return `${position} * ${stride[axis]} - ${padding[axis]} + ${tap} * ${dilation[axis]}`;
}

/** WGSL: `fn tap_input(item, y, x, tap) -> u32`, the address of the first channel of the pixel that a tap reads. The padding lies in its halo. */
export function tapCode(window: DilatedWindow): string {
  return `
fn tap_input(item: u32, y: i32, x: i32, tap: i32) -> u32 {
  return pixel_input(item, ${tapped('y', window)}, ${tapped('x', window)});
}
`;
}

/**
 * WGSL: `fn tap_outputGrad(item, y, x, tap) -> i32`, the address of the first channel of the output pixel for which a tap read the input
 * pixel `y`, `x`; -1 if there is none.
 */
export function tapGradCode(
  { kernel, stride, padding, dilation }: DilatedWindow,
  outputGrad: Tensor,
): string {
  const [height, width] = outputGrad.shape;
  return `
fn tap_outputGrad(item: u32, y: i32, x: i32, tap: i32) -> i32 {
  let down = y + ${padding[0]} - tap / ${kernel[1]} * ${dilation[0]};
  let right = x + ${padding[1]} - tap % ${kernel[1]} * ${dilation[1]};
  let oy = down / ${stride[0]};
  let ox = right / ${stride[1]};
  let exists = down >= 0 && right >= 0 && down % ${stride[0]} == 0 && right % ${stride[1]} == 0;
  if (!exists || oy >= ${height} || ox >= ${width}) { return -1; }
  return i32(pixel_outputGrad(item, oy, ox));
}
`;
}

/** WGSL: the item and position of the pixel with that index in the batch, as `item`, `y` and `x`. */
export function positionOf(index: string, { shape: [height, width] }: Tensor): string {
  return `let item = ${index} / ${height * width}u;
  let y = i32(${index} / ${width}u % ${height}u);
  let x = i32(${index} % ${width}u);`;
}
