import { MAX_BYTE } from '../../core/pixels.js';
import { backgroundOf, type DecodedImage, type Plane } from '../decodedImage.js';
import { type Box, resize } from '../resize.js';

/** Red, green and blue, each from 0 to 1. */
export type ColorPlanes = readonly [Plane, Plane, Plane];

/**
 * The colors of a part of an image, shrunk to at most `maxPixels` by averaging.
 *
 * @param box in whole pixels
 * @param background the gray that transparent pixels show, from 0 to 255
 */
export function colorPlanes(
  image: DecodedImage,
  box: Box,
  maxPixels: number,
  background = backgroundOf(image),
): ColorPlanes {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = Math.min(1, Math.sqrt(maxPixels / (width * height)));
  const planes = averageBlocks(image, box, Math.max(1, Math.floor(1 / scale)), background);
  if (scale === 1) return planes;
  const shrunk = (length: number) => Math.max(1, Math.round(length * scale));
  const resizeOne = (plane: Plane) => resize(plane, shrunk(width), shrunk(height));
  return [resizeOne(planes[0]), resizeOne(planes[1]), resizeOne(planes[2])];
}

/** The means of blocks of `side` × `side` pixels; the blocks at the right and the bottom may be smaller. */
function averageBlocks(
  image: DecodedImage,
  { left, top, right, bottom }: Box,
  side: number,
  background: number,
): ColorPlanes {
  const width = Math.ceil((right - left) / side);
  const height = Math.ceil((bottom - top) / side);
  const plane = () => ({ width, height, values: new Float32Array(width * height) });
  const planes = [plane(), plane(), plane()] as const;
  const [red, green, blue] = planes.map(({ values }) => values);
  const counts = new Float32Array(width * height);
  const columns = Int32Array.from({ length: right - left }, (_, x) => Math.floor(x / side));
  const { data } = image;
  for (let y = top; y < bottom; y++) {
    const row = Math.floor((y - top) / side) * width;
    for (let x = 0, from = 4 * (y * image.width + left); x < columns.length; x++, from += 4) {
      const to = row + columns[x];
      const alpha = data[from + 3] / MAX_BYTE;
      red[to] += background + (data[from] - background) * alpha;
      green[to] += background + (data[from + 1] - background) * alpha;
      blue[to] += background + (data[from + 2] - background) * alpha;
      counts[to] += MAX_BYTE;
    }
  }
  for (const { values } of planes) for (let i = 0; i < values.length; i++) values[i] /= counts[i];
  return planes;
}
