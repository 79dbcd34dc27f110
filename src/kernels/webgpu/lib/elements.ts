import type { Tensor } from '../../../plan/tensor.js';
import type { Dispatch } from './kernel.js';
import { addresses, BUILTINS, elementsOf, GROUP_INDEX } from './wgsl.js';

const THREADS = 64;

type Tensors = Readonly<Record<string, Tensor | undefined>>;

/**
 * A shader that runs `body` for each `e` below `total`.
 *
 * @param declarations WGSL functions that the body calls
 */
export function forElements(tensors: Tensors, total: number, body: string, declarations = ''): Dispatch {
  return forIndices(tensors, total, `let e = index;\n  ${body}`, declarations);
}

/** A shader that runs `body` for each `item` of the batch, and each element `e` of it below `size`. */
export function forItems(
  tensors: Tensors,
  { count }: Tensor,
  size: number,
  body: string,
  declarations = '',
): Dispatch {
  const split = `let item = index / ${size}u;
  let e = index % ${size}u;
  if (item >= current.count) { return; }
  `;
  return forIndices(tensors, count * size, split + body, declarations);
}

function forIndices(tensors: Tensors, total: number, body: string, declarations: string): Dispatch {
  return {
    code: `${addresses(tensors)}${declarations}
@compute @workgroup_size(${THREADS})
fn main(${BUILTINS}) {
  let index = (${GROUP_INDEX}) * ${THREADS}u + lane;
  if (index >= ${total}u) { return; }
  ${body}
}`,
    workgroups: Math.ceil(total / THREADS),
  };
}

/** A shader that runs `body` for each element of a tensor's items, without halos. */
export function forItemsOf(tensors: Tensors, tensor: Tensor, body: string, declarations = ''): Dispatch {
  return forItems(tensors, tensor, elementsOf(tensor), body, declarations);
}

/** A shader that runs `body` for the pixel `y`, `x` and the channel `c` of each image of a tensor. */
export function forPixels(tensors: Tensors, tensor: Tensor, body: string, declarations = ''): Dispatch {
  const [, width, channels] = tensor.shape;
  const split = `let c = e % ${channels}u;
  let x = i32(e / ${channels}u % ${width}u);
  let y = i32(e / ${width * channels}u);
  `;
  return forItemsOf(tensors, tensor, split + body, declarations);
}
