import { type Pair, sizeOf } from '../../../core/shape.js';
import { type ImageLayout, imageLayout, type Tensor } from '../../../plan/tensor.js';

/** The indices of the elements of a batch, without their halos. */
export interface ElementIndices {
  /** Elements of one item. */
  readonly size: number;
  /** The index, in the tensor, of an element of an item; elements are in row-major order, channels last. */
  of(item: number, element: number): number;
}

/** The element number of a value does not depend on the tensor's halo. */
export function elementIndices(tensor: Tensor): ElementIndices {
  const size = sizeOf(tensor.shape);
  if (tensor.shape.length !== 3) return { size, of: (item, element) => item * size + element };
  const layout = imageLayout(tensor);
  const rowSize = layout.width * layout.channels;
  return {
    size,
    of(item, element) {
      const row = Math.floor(element / rowSize);
      return item * layout.itemPitch + layout.origin + row * layout.rowPitch + (element - row * rowSize);
    },
  };
}

/** The index of a pixel's first channel; rows and columns below 0 belong to the halo. */
export function pixelIndex(layout: ImageLayout, item: number, row: number, column: number): number {
  return item * layout.itemPitch + layout.origin + row * layout.rowPitch + column * layout.channels;
}

/** All positions of a grid, in row-major order. */
export function gridOf(height: number, width: number): Pair[] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);
}
