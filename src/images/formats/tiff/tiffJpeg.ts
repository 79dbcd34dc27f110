import { concatenateBytes } from '../../../core/arrays.js';
import type { DecodedImage } from '../../decodedImage.js';
import type { Bytes } from '../format.js';
import { jpegFormat } from '../jpeg.js';
import type { TiffTags } from './tiffTags.js';

/** A JPEG starts and ends with a marker of two bytes. */
const MARKER_BYTES = 2;

/** Decodes the strips or tiles of a page, each a JPEG that may share its tables. Source: TIFF Technical Note 2. */
export async function decodeTiffJpeg(bytes: Bytes, tags: TiffTags): Promise<DecodedImage> {
  const { width, height, cell, ranges, jpegTables } = tags;
  const data = new Uint8Array(4 * width * height);
  const columns = Math.ceil(width / cell.width);
  for (const [index, { offset, bytes: length }] of ranges.entries()) {
    const stored = bytes.subarray(offset, offset + length);
    const tables = jpegTables.subarray(0, -MARKER_BYTES);
    const file = tables.length === 0 ? stored : concatenateBytes([tables, stored.subarray(MARKER_BYTES)]);
    const image = await jpegFormat.decode(file);
    copyCell(image, data, {
      left: (index % columns) * cell.width,
      top: Math.floor(index / columns) * cell.height,
      width,
      height,
    });
  }
  return { width, height, data };
}

function copyCell(
  image: DecodedImage,
  target: Uint8Array,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): void {
  const columns = Math.min(image.width, width - left);
  for (let y = 0; y < Math.min(image.height, height - top); y++) {
    const start = 4 * y * image.width;
    target.set(image.data.subarray(start, start + 4 * columns), 4 * ((top + y) * width + left));
  }
}
