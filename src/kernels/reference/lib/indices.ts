import { type Pair, sizeOf } from '../../../core/shape.js';
import { type ImageLayout, imageLayout, itemElements, type Tensor } from '../../../plan/tensor.js';

/** Where the elements of a batch lie, their halos left out. */
export interface ElementIndices {
  /** Elements of one item. */
  readonly size: number;
  /** The index, in the whole tensor, of an element of an item; elements are counted row by row, channels innermost. */
  of(item: number, element: number): number;
}

/** The same element has the same number in tensors of different halos. */
export function elementIndices(tensor: Tensor): ElementIndices {
  const size = sizeOf(tensor.shape);
  const pitch = itemElements(tensor);
  if (tensor.shape.length !== 3) return { size, of: (item, element) => item * pitch + element };
  const layout = imageLayout(tensor);
  const rowSize = layout.width * layout.channels;
  return {
    size,
    of(item, element) {
      const row = Math.floor(element / rowSize);
      return item * pitch + layout.origin + row * layout.rowPitch + (element - row * rowSize);
    },
  };
}

/** The index of a pixel's first channel; rows and columns below 0 are the halo's. */
export function pixelIndex(layout: ImageLayout, item: number, row: number, column: number): number {
  return item * layout.itemPitch + layout.origin + row * layout.rowPitch + column * layout.channels;
}

/** All places of a grid in row-major order. */
export function gridOf(height: number, width: number): Pair[] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);
}
