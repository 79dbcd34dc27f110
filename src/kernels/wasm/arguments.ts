import { type Pair, sizeOf } from '../../core/shape.js';
import { type Plan, TASKS, taskRange } from '../../plan/plan.js';
import type { Bounded } from '../../plan/opShape.js';
import { BYTES_PER_ELEMENT, imageLayout, itemBytes, type Tensor } from '../../plan/tensor.js';
import { tileSizeOf, winogradBlock } from '../../plan/winograd.js';
import type { ArgumentPerCall } from './bindKernel.js';

/*
 * Kernel arguments by the names that kernels give them. A tensor `x` is passed as its address `x`, the bytes from one item to
 * the next, `xItem`, from one row to the next, `xRow`, and its sizes `xHeight`, `xWidth` and `xChannels`; a kernel takes those
 * that it needs.
 */

export const FLOAT = BYTES_PER_ELEMENT.f32;
/** Floats of a vector. */
export const LANES = 4;

/** The address of zeros, at the start of the memory: stands for a missing tensor. */
export const ZEROS = 0;

type Named<Name extends string, Suffix extends string> = Readonly<Record<`${Name}${Suffix}`, number>>;

/** Prefixes the names of arguments with the name of their tensor. */
function named<Name extends string, Suffix extends string>(
  name: Name,
  values: Readonly<Record<Suffix, number>>,
): Named<Name, Suffix> {
  const entries = Object.entries(values).map(([suffix, value]) => [`${name}${suffix}`, value]);
  return Object.fromEntries(entries) as Named<Name, Suffix>;
}

/** Addresses of tensors, by their names; a missing tensor has the address of zeros. */
export function addressesOf<Tensors extends Readonly<Record<string, Tensor | undefined>>>(tensors: Tensors) {
  const entries = Object.entries(tensors).map(([name, tensor]) => [name, tensor?.offset ?? ZEROS]);
  return Object.fromEntries(entries) as Readonly<Record<keyof Tensors, number>>;
}

/**
 * The address of a tensor's elements, without the halo, and its pitches in bytes. Items other than images are a single row; a
 * missing tensor has the address of zeros.
 */
export function pitchesOf<Name extends string>(name: Name, tensor: Tensor | undefined) {
  if (tensor === undefined) return named(name, { '': ZEROS, Item: 0, Row: 0 });
  if (tensor.shape.length !== 3) return named(name, { '': tensor.offset, Item: itemBytes(tensor), Row: 0 });
  return paddedPitchesOf(name, tensor, [0, 0]);
}

/** Like `pitchesOf`, but the address is that of the first pixel of the padding, which lies in the halo. */
export function paddedPitchesOf<Name extends string>(name: Name, tensor: Tensor, [above, left]: Pair) {
  const { origin, itemPitch, rowPitch, channels } = imageLayout(tensor);
  return named(name, {
    '': tensor.offset + (origin - above * rowPitch - left * channels) * FLOAT,
    Item: itemPitch * FLOAT,
    Row: rowPitch * FLOAT,
  });
}

/** The address of images of one pixel, without the halo, and the bytes from one to the next. */
export function pixelOf<Name extends string>(name: Name, tensor: Tensor) {
  const { origin, itemPitch } = imageLayout(tensor);
  return named(name, { '': tensor.offset + origin * FLOAT, Item: itemPitch * FLOAT });
}

/** Height and width of an image tensor. */
export function extentOf<Name extends string>(name: Name, { shape: [height, width] }: Tensor) {
  return named(name, { Height: height, Width: width });
}

/** Height, width and channels of an image tensor. */
export function sizesOf<Name extends string>(name: Name, tensor: Tensor) {
  return { ...extentOf(name, tensor), ...named(name, { Channels: tensor.shape[2] }) };
}

/** All arguments that describe an image tensor. */
export function imageOf<Name extends string>(name: Name, tensor: Tensor) {
  return { ...pitchesOf(name, tensor), ...sizesOf(name, tensor) };
}

/** The image size, if it is the same for all tensors of a kernel. */
export function sharedSizesOf({ shape: [height, width, channels] }: Tensor) {
  return { height, width, channels };
}

/** An item as rows of contiguous elements, for kernels that treat all elements alike. */
export function rowsOf({ shape }: Tensor) {
  if (shape.length !== 3) return { rows: 1, rowElements: sizeOf(shape) };
  const [height, width, channels] = shape;
  return { rows: height, rowElements: width * channels };
}

/** The size and the stride of a window. */
export function windowOf({ kernel, stride }: Readonly<Record<'kernel' | 'stride', Pair>>) {
  return { kernelHeight: kernel[0], kernelWidth: kernel[1], strideY: stride[0], strideX: stride[1] };
}

/** The same for a window whose taps may be apart. */
export function dilatedWindowOf(window: Readonly<Record<'kernel' | 'stride' | 'dilation', Pair>>) {
  const [dilationY, dilationX] = window.dilation;
  return { ...windowOf(window), dilationY, dilationX };
}

export function divisorOf([divisorY, divisorX]: Pair) {
  return { divisorY, divisorX };
}

export function paddingOf([paddingY, paddingX]: Pair) {
  return { paddingY, paddingX };
}

/**
 * The size of its tiles, the block size and the scratch layout of Winograd's algorithm.
 *
 * @param pooled whether its output is pooled 2×2 before it is written
 */
export function winogradBlockOf(transformed: Tensor, input: Tensor, output: Tensor, pooled?: boolean) {
  const tileSize = tileSizeOf(transformed);
  const { rows, inputPlane, outputPlane } = winogradBlock(input, output, tileSize, pooled);
  return { tileSize, blockRows: rows, inputPlane, outputPlane };
}

/** The bounds of what a convolution writes. */
export function boundsOf({ relu }: Bounded) {
  return relu === undefined ? { minimum: -Infinity, maximum: Infinity } : { minimum: 0, ...relu };
}

/** The range of images of a call's task. */
export const TASK_ITEMS = {
  begin: (_task, begin) => begin,
  end: (_task, _begin, end) => end,
} satisfies Record<string, ArgumentPerCall>;

/** The range of elements of a call's task, given the total number of elements. */
export function taskElements(elements: number) {
  const ranges = Array.from({ length: TASKS }, (_, task) => taskRange(elements, task));
  return {
    begin: (task) => ranges[task][0],
    end: (task) => ranges[task][1],
  } satisfies Record<string, ArgumentPerCall>;
}

/** The address of a plan's scratch memory for the calling worker. */
export function scratchOf({ scratch }: Plan): ArgumentPerCall {
  const pitch = itemBytes(scratch);
  return (_task, _begin, _end, _step, worker) => scratch.offset + worker * pitch;
}
