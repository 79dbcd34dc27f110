import type { Dataset } from '../data/dataset.js';
import { formatImage } from './blocks.js';
import { columnsOf } from './io.js';
import type { Output } from './output.js';

/** Spaces between two images. */
const GAP = 2;

/** Prints the first training image of each class, as many side by side as there is room for. */
export function printSampleImages({ classes, shape, train }: Dataset, output: Output): void {
  const [height, width, channels] = shape;
  const bytes = height * width * channels;
  const samples = classes
    .map((name, label) => ({ name, index: train.labels.indexOf(label) }))
    .filter(({ index }) => index !== -1)
    .map(({ name, index }) => [
      name,
      ...formatImage(train.images.subarray(index * bytes, (index + 1) * bytes), shape),
    ]);
  const cell = GAP + Math.max(...samples.flat().map(({ length }) => length));
  const inRow = Math.max(1, Math.floor((columnsOf(output.stream) + GAP) / cell));
  output.heading('The first training image of each class');
  for (let start = 0; start < samples.length; start += inRow) {
    const row = samples.slice(start, start + inRow);
    if (start > 0) output.line();
    output.lines(
      row[0].map((_, line) =>
        row
          .map((sample) => sample[line].padEnd(cell))
          .join('')
          .trimEnd(),
      ),
    );
  }
}
