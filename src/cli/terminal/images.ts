import type { Shape } from '../../core/shape.js';
import type { ExampleImage } from '../../data/examples.js';
import { columnsOf } from '../io.js';
import { formatImage } from './blocks.js';
import type { Output } from './output.js';

/** The number of spaces between two images. */
const GAP = 2;

/** Prints a title and images below it, as many next to each other as fit. */
export function printImages(
  title: string,
  images: readonly Omit<ExampleImage, 'index'>[],
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
