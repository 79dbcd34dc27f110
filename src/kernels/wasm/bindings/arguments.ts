import { type Pair, sizeOf } from '../../../core/shape.js';
import type { OpName } from '../../../plan/ops.js';
import { TASKS, taskRange } from '../../../plan/plan.js';
import { BYTES_PER_ELEMENT, imageLayout, itemBytes, type Tensor } from '../../../plan/tensor.js';
import type { KernelCall, KernelTable } from '../../kernel.js';
import type { KernelExports } from '../exports.js';

/** The bindings of some operations. */
export type BindingsOf<Names extends OpName> = Pick<KernelTable<KernelExports>, Names>;

export const FLOAT = BYTES_PER_ELEMENT.f32;
/** Floats of a vector. */
export const LANES = 4;

/** Where the memory starts: stands for a bias that is not there. */
export const ZEROS = 0;

/** An image tensor's place, and its pitches in bytes. */
export function image(tensor: Tensor) {
  const { height, width, channels, rowPitch, itemPitch, origin } = imageLayout(tensor);
  return {
    height,
    width,
    channels,
    /** The first pixel inside the halo, in the first item. */
    origin: tensor.offset + origin * FLOAT,
    row: rowPitch * FLOAT,
    item: itemPitch * FLOAT,
    pixel: channels * FLOAT,
  };
}

/** An image tensor as kernels are given it. */
export function sizesOf(tensor: Tensor) {
  const { origin, item, row, height, width, channels } = image(tensor);
  return [origin, item, row, height, width, channels] as const;
}

/** An item as rows of contiguous elements, for kernels that do not ask what the elements are; pitches in bytes. */
export function rowsOf(tensor: Tensor) {
  if (tensor.shape.length !== 3) {
    return { rows: 1, rowElements: sizeOf(tensor.shape), pitches: [tensor.offset, itemBytes(tensor), 0] };
  }
  const { origin, item, row, height, width, channels } = image(tensor);
  return { rows: height, rowElements: width * channels, pitches: [origin, item, row] };
}

/** How a convolution's windows step over its input, from the first padded pixel on. */
export function windowOf(
  input: Tensor,
  { kernel, stride, padding }: Record<'kernel' | 'stride' | 'padding', Pair>,
) {
  const { height, width } = image(input);
  const [start, item, row, channels] = paddedOf(input, padding);
  return [start, item, row, height, width, channels, ...kernel, ...stride, ...padding] as const;
}

/** An image tensor from the first padded pixel on. */
export function paddedOf(input: Tensor, [above, left]: Pair) {
  const { origin, item, row, pixel, channels } = image(input);
  return [origin - above * row - left * pixel, item, row, channels] as const;
}

/** Where a task's item of a `per: 'task'` tensor starts. */
export function slot(tensor: Tensor, task: number): number {
  return tensor.offset + task * itemBytes(tensor);
}

/** Calls a kernel with the part of `elements` that belongs to each task. */
export function byElements(
  elements: number,
  call: (begin: number, end: number, step: number) => void,
): KernelCall {
  const ranges = Array.from({ length: TASKS }, (_, task) => taskRange(elements, task));
  return (task, _begin, _end, step) => {
    const [begin, end] = ranges[task];
    call(begin, end, step);
  };
}
