import { sizeOf } from '../core/shape.js';
import type { PartImages } from './labeledDataset.js';
import { type LabeledImages, pickRows } from './labeledImages.js';
import { DATASET_PARTS, type DatasetPart } from './parts.js';

/**
 * Separates the images of a file into the parts that it names for each image.
 *
 * @param origin the file, for messages
 * @param part of all images, if the file does not name their parts
 */
export function separateParts(images: LabeledImages, origin: string, part: DatasetPart): PartImages[] {
  const { parts, pixels, labels, columns, ...others } = images;
  if (parts === undefined) return [{ part, origin, ...images }];
  const size = sizeOf(images.shape);
  return DATASET_PARTS.flatMap((each) => {
    const rows = [...parts.keys()].filter((row) => parts[row] === each);
    if (rows.length === 0) return [];
    const own = new Uint8Array(rows.length * size);
    rows.forEach((row, index) => {
      own.set(pixels.subarray(row * size, (row + 1) * size), index * size);
    });
    return [
      {
        ...others,
        part: each,
        origin,
        pixels: own,
        labels: labels && rows.map((row) => labels[row]),
        columns: columns && pickRows(columns, rows),
      },
    ];
  });
}
