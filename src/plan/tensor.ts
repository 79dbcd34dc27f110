import { type Pair, type Shape, sizeOf } from '../core/shape.js';

export type DType = 'f32' | 'f64' | 'i32' | 'u8';

export const BYTES_PER_ELEMENT: Readonly<Record<DType, number>> = { f32: 4, f64: 8, i32: 4, u8: 1 };

/** A named array at a fixed address of the engine's memory. */
export interface Tensor {
  readonly name: string;
  readonly dtype: DType;
  /** Whether there is one item per image of a batch, one per task of a stage, or a single item. */
  readonly per: 'image' | 'task' | 'plan';
  /** The number of consecutive items. */
  readonly count: number;
  /** The shape of one item. Images are `[height, width, channels]`, so that the channels of a pixel are contiguous. */
  readonly shape: Shape;
  /** Rows and columns of zeros on each side of an image: the padding of the convolution that reads it. */
  readonly halo: Pair;
  /** Bytes from the start of the memory. */
  readonly offset: number;
  /** Bytes from one item to the next; undefined if the items are contiguous. */
  readonly pitch?: number;
}

/** The memory layout of an image tensor, in elements. */
export interface ImageLayout {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** From one row to the next, including the columns of the halo. */
  readonly rowPitch: number;
  /** From one image to the next. */
  readonly itemPitch: number;
  /** From the start of an item to the first pixel inside the halo. */
  readonly origin: number;
}

/** @param tensor a tensor whose items are `[height, width, channels]` */
export function imageLayout(tensor: Tensor): ImageLayout {
  const [height, width, channels] = tensor.shape as [number, number, number];
  const [above, left] = tensor.halo;
  const rowPitch = (width + 2 * left) * channels;
  return {
    height,
    width,
    channels,
    rowPitch,
    itemPitch: itemPitch(tensor) / BYTES_PER_ELEMENT[tensor.dtype],
    origin: above * rowPitch + left * channels,
  };
}

/** Bytes of one item, including its halo. */
export function itemBytes({ shape, halo, dtype }: Tensor): number {
  const [height, width, channels] = shape;
  const elements =
    shape.length === 3 ? (height + 2 * halo[0]) * (width + 2 * halo[1]) * channels : sizeOf(shape);
  return elements * BYTES_PER_ELEMENT[dtype];
}

/** Bytes from one item to the next. */
export function itemPitch(tensor: Tensor): number {
  return tensor.pitch ?? itemBytes(tensor);
}

/** Whether the bytes between the start and the end of two tensors overlap. */
export function overlap(a: Tensor, b: Tensor): boolean {
  return a.offset < endOf(b) && b.offset < endOf(a);
}

/** A view of a `per: 'plan'` tensor, under its own name, that begins at element `start`. */
export function viewOf(tensor: Tensor, name: string, shape: Shape, start: number): Tensor {
  return { ...tensor, name, shape, offset: tensor.offset + start * BYTES_PER_ELEMENT[tensor.dtype] };
}

/** Bytes of all items. */
export function tensorBytes(tensor: Tensor): number {
  return tensor.count * itemBytes(tensor);
}

/** The address after the last item. */
export function endOf(tensor: Tensor): number {
  return tensor.offset + (tensor.count - 1) * itemPitch(tensor) + itemBytes(tensor);
}
