import { type Shape, sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { formatImage } from './terminal/blocks.js';
import { columnsOf } from './io.js';
import type { Output } from './terminal/output.js';

/** Spaces between two images. */
const GAP = 2;

/** An image and the class that it shows. */
export interface NamedImage {
  readonly name: string;
  /** `[height, width, channels]`, from 0 to 255 */
  readonly pixels: Uint8Array;
}

/** The first training image of each class that has one, and its place among them. */
export function firstOfEachClass({
  classes,
  shape,
  train,
}: Dataset): (NamedImage & { readonly index: number })[] {
  const bytes = sizeOf(shape);
  return classes
    .map((name, label) => ({ name, index: train.labels.indexOf(label) }))
    .filter(({ index }) => index !== -1)
    .map(({ name, index }) => ({
      name,
      index,
      pixels: train.images.subarray(index * bytes, (index + 1) * bytes),
    }));
}

/** Prints images below a title, as many side by side as there is room for. */
export function printImages(
  title: string,
  images: readonly NamedImage[],
  shape: Shape,
  output: Output,
): void {
  const cells = images.map(({ name, pixels }) => [name, ...formatImage(pixels, shape)]);
  const width = GAP + Math.max(...cells.flat().map(({ length }) => length));
  const inRow = Math.max(1, Math.floor((columnsOf(output.stream) + GAP) / width));
  output.heading(title);
  for (let start = 0; start < cells.length; start += inRow) {
    const row = cells.slice(start, start + inRow);
    if (start > 0) output.line();
    output.lines(
      row[0].map((_, line) =>
        row
          .map((cell) => cell[line].padEnd(width))
          .join('')
          .trimEnd(),
      ),
    );
  }
}
